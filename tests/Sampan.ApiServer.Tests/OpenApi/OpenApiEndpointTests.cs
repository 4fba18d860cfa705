using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.ApiServer.OpenApi;
using Sampan.ApiServer.Tests.Discovery;

namespace Sampan.ApiServer.Tests.OpenApi;

public sealed class OpenApiEndpointTests
{
    private static readonly OpenApiSnapshot Snapshot = new(DiscoveryReferenceTests.AllResources());

    private readonly OpenApiEndpoint _endpoint = new(Snapshot, new FixedTime());

    [Fact]
    public async Task Index_EveryLink_LeadsToADocumentForever()
    {
        var (index, body) = await Get("/openapi/v3");
        Assert.Equal("application/json", index.Response.ContentType);
        var link = (string)JsonNode.Parse(body)!["paths"]!["apis/apps/v1"]!["serverRelativeURL"]!;
        var (answer, _) = await Get(link);
        Assert.Equal(200, answer.Response.StatusCode);
        Assert.Equal("public, immutable", answer.Response.Headers.CacheControl);
        Assert.Equal($"\"{link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]}\"", answer.Response.Headers.ETag);
    }

    [Fact]
    public async Task Version_OldHash_Redirects()
    {
        var (answer, _) = await Get("/openapi/v3/api/v1?hash=00");
        Assert.Equal(301, answer.Response.StatusCode);
        Assert.Equal($"/openapi/v3/api/v1?hash={Snapshot.Find("api/v1")!.Hash}", answer.Response.Headers.Location);
    }

    [Fact]
    public async Task Version_KnownETag_IsNotSentAgain()
    {
        var (first, _) = await Get("/openapi/v3/api/v1");
        var (second, body) = await Get("/openapi/v3/api/v1", etag: first.Response.Headers.ETag.ToString());
        Assert.Equal(304, second.Response.StatusCode);
        Assert.Empty(body);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/com.github.proto-openapi.spec.v2@v1.0+protobuf", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")]
    [InlineData("application/com.github.proto-openapi.spec.v2.v1.0+protobuf,application/json", "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")]
    public async Task Swagger_Accept_ChoosesTheForm(string accept, string contentType)
    {
        var (answer, body) = await Get("/openapi/v2", accept);
        Assert.Equal(contentType, answer.Response.ContentType);
        Assert.NotEmpty(body);
    }

    [Fact]
    public async Task Swagger_UnknownForm_IsNotAcceptable()
    {
        var (answer, _) = await Get("/openapi/v2", "text/html");
        Assert.Equal(406, answer.Response.StatusCode);
    }

    [Fact]
    public async Task Other_Path_IsLeftToOthers()
    {
        Assert.False(await _endpoint.TryAnswerAsync(Context("/openapi/v3/apis/none/v1", "", "")));
        Assert.False(await _endpoint.TryAnswerAsync(Context("/openapi", "", "")));
    }

    [Fact]
    public async Task Replace_OtherResources_ChangesTheHash()
    {
        var (before, _) = await Get("/openapi/v2");
        _endpoint.Replace(new OpenApiSnapshot(DiscoveryReferenceTests.AllResources().Where(r => r.Group != "batch")));
        var (after, _) = await Get("/openapi/v2");
        Assert.NotEqual(before.Response.Headers.ETag.ToString(), after.Response.Headers.ETag.ToString());
    }

    private async Task<(HttpContext Context, byte[] Body)> Get(string url, string accept = "", string etag = "")
    {
        var context = Context(url, accept, etag);
        var body = new MemoryStream();
        context.Response.Body = body;
        Assert.True(await _endpoint.TryAnswerAsync(context));
        return (context, body.ToArray());
    }

    private static DefaultHttpContext Context(string url, string accept, string etag)
    {
        var context = new DefaultHttpContext();
        var parts = url.Split('?');
        context.Request.Path = parts[0];
        context.Request.QueryString = new QueryString(parts.Length > 1 ? "?" + parts[1] : "");
        context.Request.Headers.Accept = accept;
        context.Request.Headers.IfNoneMatch = etag;
        return context;
    }
}
