using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;

namespace Sampan.ApiServer.Tests.Streaming;

public sealed class ProxyTests
{
    private const string Base = "/api/v1/namespaces/default";

    private static CancellationToken Limit => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Pod_AnyMethod_PassesPathQueryAndBody(string method)
    {
        await using var web = await EchoAsync();
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Base}/pods/http:p:{web.Port}/proxy/a/b/?x=1&y=2");
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent("body");
        }
        using var answer = await server.Http.SendAsync(request, Limit);
        Assert.Equal($"{method} /a/b/?x=1&y=2 {(request.Content is null ? "" : "body")}", await answer.Content.ReadAsStringAsync(Limit));
    }

    [Fact]
    public async Task Pod_NoSlashAfterProxy_RedirectsToOne()
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var answer = await server.Http.GetAsync($"{Base}/pods/p:1/proxy?a=b", Limit);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal($"{Base}/pods/p:1/proxy/?a=b", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Pod_Redirect_PointsBelowTheProxy()
    {
        await using var web = await FakeKubelet.StartAsync(
            context =>
            {
                context.Response.Redirect("/login?next=%2F");
                context.Response.Headers.AccessControlAllowOrigin = "*";
                return Task.CompletedTask;
            },
            tls: false);
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var answer = await server.Http.GetAsync($"{Base}/pods/p:{web.Port}/proxy/", Limit);
        Assert.Equal($"{Base}/pods/p:{web.Port}/proxy/login?next=%2F", answer.Headers.Location!.OriginalString);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Pod_Page_GetsItsRootedLinksRewritten()
    {
        await using var web = await FakeKubelet.StartAsync(
            context =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync("<a class='x' href=\"/home\">ü</a><img src='pic.png'><p title=\"/no\">/text</p><a href='https://example.com/x'>");
            },
            tls: false);
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        var page = await server.Http.GetStringAsync($"{Base}/pods/p:{web.Port}/proxy/", Limit);
        Assert.Equal(
            $"<a class='x' href=\"{Base}/pods/p:{web.Port}/proxy/home\">ü</a><img src='pic.png'><p title=\"/no\">/text</p><a href='https://example.com/x'>", page);
    }

    [Fact]
    public async Task Service_PortByNameOrNumber_ReachesAnEndpoint()
    {
        await using var web = await EchoAsync();
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        await AddServiceAsync(server, web.Port);
        Assert.Equal("GET /x ", await server.Http.GetStringAsync($"{Base}/services/s:http/proxy/x", Limit));
        Assert.Equal("GET /x ", await server.Http.GetStringAsync($"{Base}/services/s:80/proxy/x", Limit));
        using var wrong = await server.Http.GetAsync($"{Base}/services/s:81/proxy/x", Limit);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, wrong.StatusCode);
        Assert.Contains("no service port 81 found for service", await wrong.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithoutEndpoints_IsUnavailable()
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        await server.Client.CreateAsync(NewService(), default);
        using var answer = await server.Http.GetAsync($"{Base}/services/http:s:http/proxy/", Limit);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("no endpoints available for service \\\"http:s:http\\\"", await answer.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_NoPort_IsItsKubelet()
    {
        await using var server = await StreamingServer.StartAsync(context => context.Response.WriteAsync("kubelet " + context.Request.Path));
        Assert.Equal("kubelet /healthz", await server.Http.GetStringAsync("/api/v1/nodes/n/proxy/healthz", Limit));
        Assert.Equal("kubelet /metrics/resource", Encoding.UTF8.GetString((await server.Client.GetRawAsync("/api/v1/nodes/n/proxy/metrics/resource", Limit)).Span));
    }

    [Theory]
    [InlineData("ftp:p:80", "invalid pod request")]
    [InlineData("p:99999999", "invalid port")]
    public async Task Pod_WrongName_IsABadRequest(string name, string message)
    {
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var answer = await server.Http.GetAsync($"{Base}/pods/{name}/proxy/", Limit);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(message, await answer.Content.ReadAsStringAsync(Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_WebSocket_PassesThrough()
    {
        await using var web = await FakeKubelet.StartAsync(
            async context =>
            {
                using var accepted = await context.WebSockets.AcceptWebSocketAsync();
                await accepted.SendAsync(Encoding.UTF8.GetBytes(context.Request.Path), System.Net.WebSockets.WebSocketMessageType.Text, true, Limit);
                await WebSockets.ReadMessageAsync(accepted, Limit);
            },
            tls: false);
        await using var server = await StreamingServer.StartAsync(_ => Task.CompletedTask);
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        await socket.ConnectAsync(server.WebSocketAddress($"{Base}/pods/p:{web.Port}/proxy/ws"), Limit);
        Assert.Equal("/ws", Encoding.UTF8.GetString(await WebSockets.ReadMessageAsync(socket, Limit)));
    }

    private static Task<FakeKubelet> EchoAsync() => FakeKubelet.StartAsync(
        async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync()}");
        },
        tls: false);

    private static Service NewService() => new()
    {
        Metadata = new() { Name = "s", Namespace = "default" },
        Spec = new() { Ports = [new() { Name = "http", Port = 80 }] },
    };

    private static async Task AddServiceAsync(StreamingServer server, int port)
    {
        await server.Client.CreateAsync(NewService(), default);
        // No endpoint may be on loopback, but a test has nothing else.
        await server.StoreAsync(
            "/registry/discovery.k8s.io/endpointslices/default/s-1",
            new EndpointSlice
            {
                Metadata = new() { Name = "s-1", Namespace = "default", Labels = new() { ["kubernetes.io/service-name"] = "s" } },
                AddressType = "IPv4",
                Endpoints = [new() { Addresses = ["127.0.0.1"] }],
                Ports = [new() { Name = "http", Port = port, Protocol = "TCP" }],
            });
    }
}
