using System.Net;
using System.Text;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>The same server over a real socket.</summary>
public sealed class HttpTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("sampan-http-").FullName;

    [Fact]
    public async Task Serve_RealSocket_AnswersHealthVersionAndResources()
    {
        await using var store = await OpenAsync();
        await using var server = NewServer(store);
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal("ok", await http.GetStringAsync("/readyz"));
        Assert.Contains("[+]etcd ok", await http.GetStringAsync("/livez?verbose"), StringComparison.Ordinal);
        Assert.Contains("\"minor\":\"36\"", await http.GetStringAsync("/version"), StringComparison.Ordinal);
        Assert.Contains("kube-system", await http.GetStringAsync("/api/v1/namespaces"), StringComparison.Ordinal);
        Assert.Contains("apiserver_request_total", await http.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/api/v1/nonsense")).StatusCode);
    }

    [Fact]
    public async Task Watch_RealSocket_StreamsAndEndsWhenTheServerStops()
    {
        await using var store = await OpenAsync();
        await using var server = NewServer(store);
        await server.StartAsync(default);
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.GetAsync("/api/v1/namespaces/default/configmaps?watch=1", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await http.PostAsync(
            "/api/v1/namespaces/default/configmaps", new StringContent("""{"metadata":{"name":"a"}}""", Encoding.UTF8, "application/json"));
        var line = await lines.ReadLineAsync();
        Assert.StartsWith("{\"type\":\"ADDED\",\"object\":{", line, StringComparison.Ordinal);
        await server.StopAsync(default);
        Assert.Null(await lines.ReadLineAsync());
    }

    [Fact]
    public async Task Restart_SameStore_KeepsObjectsAndPools()
    {
        await using var store = await OpenAsync();
        await using (var first = NewServer(store))
        {
            await first.StartAsync(default);
            using var http = new HttpClient { BaseAddress = first.Address };
            await PostServiceAsync(http, "a");
        }
        await using var second = NewServer(store);
        await second.StartAsync(default);
        using var again = new HttpClient { BaseAddress = second.Address };
        Assert.Contains("already allocated", await PostServiceAsync(again, "b"), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<string> PostServiceAsync(HttpClient http, string name)
    {
        var body = "{'metadata':{'name':'NAME'},'spec':{'clusterIP':'10.96.0.77','ports':[{'port':80}]}}"
            .Replace('\'', '"').Replace("NAME", name, StringComparison.Ordinal);
        using var answer = await http.PostAsync(
            "/api/v1/namespaces/default/services", new StringContent(body, Encoding.UTF8, "application/json"));
        return await answer.Content.ReadAsStringAsync();
    }

    private Task<EmbeddedStore> OpenAsync() =>
        EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory, "state.db"), Durable = false });

    private static ApiServer NewServer(EmbeddedStore store) => new(new ApiServerOptions
    {
        Store = store,
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
    });
}
