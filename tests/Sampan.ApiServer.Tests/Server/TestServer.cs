using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Authentication;
using Sampan.Client;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>A whole API server over a store in a temporary directory, without sockets. Everybody may do everything.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly string _directory;
    private readonly EmbeddedStore _store;
    private readonly ApiServer _server;

    private TestServer(string directory, EmbeddedStore store, ApiServer server)
    {
        (_directory, _store, _server) = (directory, store, server);
        Client = new ApiClient(server.Loopback());
    }

    public ApiClient Client { get; }

    public static Task<TestServer> StartAsync(TimeProvider? time = null) => StartAsync(new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false }, time);

    public static async Task<TestServer> StartAsync(AuthorizationOptions authorization, TimeProvider? time = null)
    {
        var directory = Directory.CreateTempSubdirectory("sampan-apiserver-").FullName;
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory, "state.db"), Durable = false });
        var server = new ApiServer(new ApiServerOptions { Store = store, Authorization = authorization, Time = time ?? TimeProvider.System });
        await server.StartAsync(CancellationToken.None);
        return new TestServer(directory, store, server);
    }

    /// <summary>A client of somebody in particular.</summary>
    public ApiClient ClientOf(string user, params string[] groups) => new(_server.Loopback(new UserInfo(user, groups)));

    /// <summary>Pods need their account.</summary>
    public Task<ServiceAccount> AddDefaultAccountAsync() =>
        Client.Of<ServiceAccount>().CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, default);

    /// <summary>One request through the pipeline as bytes.</summary>
    public async Task<RawAnswer> SendAsync(
        string method, string target, string? body = null, string contentType = "application/json", string? accept = null)
    {
        var http = new DefaultHttpContext();
        var answer = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        http.Request.Method = method;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        http.Request.Path = question < 0 ? target : target[..question];
        http.Request.QueryString = question < 0 ? default : new QueryString(target[question..]);
        if (accept is not null)
        {
            http.Request.Headers.Accept = accept;
        }
        if (body is not null)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(body);
            http.Request.ContentType = contentType;
            http.Request.ContentLength = bytes.Length;
            http.Request.Body = new MemoryStream(bytes);
        }
        await _server.InvokeAsync(http);
        await http.Response.CompleteAsync();
        return new RawAnswer(http.Response.StatusCode, answer.ToArray(), http.Response.Headers);
    }

    /// <summary>The Status that an action is refused with.</summary>
    public static async Task<StatusException> RefusalAsync(Func<Task> action) => await Assert.ThrowsAsync<StatusException>(action);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
