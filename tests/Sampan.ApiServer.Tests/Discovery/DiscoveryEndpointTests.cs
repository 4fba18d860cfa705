using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Codec;
using Sampan.ApiServer.Discovery;

namespace Sampan.ApiServer.Tests.Discovery;

public sealed class DiscoveryEndpointTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private readonly DiscoveryEndpoint _endpoint = new(new DiscoverySnapshot(DiscoveryReferenceTests.AllResources(), "10.0.0.1:6443"));

    [Theory]
    [InlineData("/api", "APIVersions")]
    [InlineData("/apis", "APIGroupList")]
    [InlineData("/apis/", "APIGroupList")]
    [InlineData("/apis/apps", "APIGroup")]
    [InlineData("/apis/apps/v1", "APIResourceList")]
    public async Task Plain_EveryPath_AnswersItsKind(string path, string kind)
    {
        var (_, body) = await Get(path, "application/json");
        Assert.Equal(kind, (string)JsonNode.Parse(body)!["kind"]!);
    }

    /// <summary>Scripts look for a resource by the text that Go writes of it.</summary>
    [Fact]
    public async Task Plain_Resource_StandsInUpstreamsOrder()
    {
        var (_, body) = await Get("/api/v1", "application/json");
        Assert.Contains(
            """{"name":"configmaps","singularName":"configmap","namespaced":true,"kind":"ConfigMap","verbs":["create","delete","deletecollection","get","list","patch","update","watch"],"shortNames":["cm"],"storageVersionHash":""",
            System.Text.Encoding.UTF8.GetString(body),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Aggregated + ",application/json", "v2")]
    [InlineData("application/json;g=apidiscovery.k8s.io;v=v3;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList", "v2beta1")]
    public async Task Aggregated_AsAsked_AnswersAllGroups(string accept, string version)
    {
        var (context, body) = await Get("/apis", accept);
        var document = JsonNode.Parse(body)!;
        Assert.Equal($"apidiscovery.k8s.io/{version}", (string)document["apiVersion"]!);
        Assert.Equal($"application/json;g=apidiscovery.k8s.io;v={version};as=APIGroupDiscoveryList", context.Response.ContentType);
        Assert.True(document["items"]!.AsArray().Count > 15);
    }

    [Fact]
    public async Task Aggregated_KnownETag_IsNotSentAgain()
    {
        var (first, _) = await Get("/apis", Aggregated);
        var (second, body) = await Get("/apis", Aggregated, first.Response.Headers.ETag.ToString());
        Assert.Equal(304, second.Response.StatusCode);
        Assert.Empty(body);
    }

    [Fact]
    public async Task Aggregated_BelowAGroup_FallsBackToPlain()
    {
        var (_, body) = await Get("/apis/apps", Aggregated + ",application/json");
        Assert.Equal("APIGroup", (string)JsonNode.Parse(body)!["kind"]!);
    }

    [Fact]
    public async Task Plain_Protobuf_IsAnEnvelope()
    {
        var (context, body) = await Get("/apis/apps/v1", "application/vnd.kubernetes.protobuf,application/json");
        Assert.Equal("application/vnd.kubernetes.protobuf", context.Response.ContentType);
        Assert.Equal("APIResourceList", ProtoEnvelope.Read(body).Kind);
    }

    [Fact]
    public async Task Other_Path_IsLeftToOthers() => Assert.False(await _endpoint.TryAnswerAsync(Context("/apis/none", "", "")));

    private async Task<(HttpContext Context, byte[] Body)> Get(string path, string accept, string etag = "")
    {
        var context = Context(path, accept, etag);
        var body = new MemoryStream();
        context.Response.Body = body;
        Assert.True(await _endpoint.TryAnswerAsync(context));
        return (context, body.ToArray());
    }

    private static DefaultHttpContext Context(string path, string accept, string etag)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = path;
        context.Request.Headers.Accept = accept;
        context.Request.Headers.IfNoneMatch = etag;
        return context;
    }
}
