using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.ApiServer;
using Sampan.Store.Embedded;

namespace Sampan.Integration.Tests.Allocations;

/// <summary>An API server that takes requests as Kestrel hands them over, with authentication and RBAC, and drops the answers' bytes.</summary>
public sealed class WireServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly EmbeddedStore _store;
    private readonly ApiServer.ApiServer _server;

    private WireServer(string directory, EmbeddedStore store)
    {
        (_directory, _store) = (directory, store);
        var tokens = Path.Combine(directory, "tokens.csv");
        File.WriteAllText(tokens, "secret,admin,1,system:masters\n");
        _server = new ApiServer.ApiServer(new ApiServerOptions { Store = store, Authentication = new AuthenticationOptions { TokenFile = tokens } });
    }

    public static async Task<WireServer> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("sampan-wire-").FullName;
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory, "state.db"), Durable = false });
        var server = new WireServer(directory, store);
        await server._server.StartAsync(CancellationToken.None);
        await server.SendAsync("POST", "/api/v1/namespaces/default/serviceaccounts", """{"metadata":{"name":"default"}}""");
        return server;
    }

    /// <summary>Creates pods of the size that a Deployment's have.</summary>
    public async Task AddPodsAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await SendAsync("POST", "/api/v1/namespaces/default/pods", $$"""
                {"metadata":{"name":"pod-{{i:00000}}","labels":{"app":"web"} },"spec":{"nodeName":"node-1","containers":[{"name":"web","image":"nginx:1",
                 "ports":[{"containerPort":80}],"env":[{"name":"MODE","value":"production"}],"readinessProbe":{"httpGet":{"path":"/","port":80} } }]} }
                """);
        }
    }

    /// <summary>One request through the whole pipeline.</summary>
    public async Task SendAsync(string method, string path, string? body = null, string accept = "application/json", string contentType = "application/json")
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        http.Request.Method = method;
        var question = path.IndexOf('?', StringComparison.Ordinal);
        http.Request.Path = question < 0 ? path : path[..question];
        http.Request.QueryString = question < 0 ? default : new QueryString(path[question..]);
        http.Request.Headers.Authorization = "Bearer secret";
        http.Request.Headers.Accept = accept;
        if (body is not null)
        {
            http.Request.ContentType = contentType;
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        await _server.InvokeAsync(http);
        await http.Response.CompleteAsync();
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest) throw new InvalidOperationException($"{method} {path} answers {http.Response.StatusCode}");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
