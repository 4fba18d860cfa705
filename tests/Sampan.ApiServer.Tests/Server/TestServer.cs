using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Registry;
using Sampan.Client;
using Sampan.Store;
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

    /// <summary>What the server has, to write what no request could.</summary>
    public ResourceCatalog Catalog => _server.Catalog;

    public static Task<TestServer> StartAsync(TimeProvider? time = null) => StartAsync(new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false }, time);

    public static Task<TestServer> StartAsync(AuthorizationOptions authorization, TimeProvider? time = null) =>
        StartAsync(options => options with { Authorization = authorization, Time = time ?? TimeProvider.System });

    /// <summary>A server with options of its own.</summary>
    public static async Task<TestServer> StartAsync(Func<ApiServerOptions, ApiServerOptions> change)
    {
        var directory = Directory.CreateTempSubdirectory("sampan-apiserver-").FullName;
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory, "state.db"), Durable = false });
        var server = new ApiServer(change(new ApiServerOptions
        {
            Store = store,
            Authorization = new AuthorizationOptions { AlwaysAllow = true, EnsureDefaultPolicy = false },
        }));
        await server.StartAsync(CancellationToken.None);
        return new TestServer(directory, store, server);
    }

    /// <summary>A client of somebody in particular.</summary>
    public ApiClient ClientOf(string user, params string[] groups) => new(_server.Loopback(new UserInfo(user, groups)));

    /// <summary>Pods need their account.</summary>
    public Task<ServiceAccount> AddDefaultAccountAsync() =>
        Client.Of<ServiceAccount>().CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, default);

    public IStore Store => _store;

    /// <summary>The first events of a watch, as lines.</summary>
    public async Task<IReadOnlyList<string>> WatchAsync(string target, string? accept, int count)
    {
        var bytes = await WatchBytesAsync(target, accept, read => read.Count((byte)'\n') >= count);
        return [.. System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(count)];
    }

    /// <summary>What a watch sends until it is enough.</summary>
    public async Task<byte[]> WatchBytesAsync(string target, string? accept, Func<ReadOnlySpan<byte>, bool> isEnough)
    {
        using var stop = new CancellationTokenSource();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var pipe = new Pipe();
        var http = NewRequest("GET", target, accept);
        http.RequestAborted = stop.Token;
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(pipe.Writer.AsStream()));
        var serving = Task.Run(async () =>
        {
            await _server.InvokeAsync(http);
            await http.Response.CompleteAsync();
            await pipe.Writer.CompleteAsync();
        });
        var read = new MemoryStream();
        while (!isEnough(read.GetBuffer().AsSpan(0, (int)read.Length)) && await pipe.Reader.ReadAsync(limit.Token) is { } part)
        {
            foreach (var segment in part.Buffer) read.Write(segment.Span);
            pipe.Reader.AdvanceTo(part.Buffer.End);
            if (part.IsCompleted) break;
        }
        await stop.CancelAsync();
        await serving;
        return read.ToArray();
    }

    /// <summary>One request through the pipeline as bytes.</summary>
    public async Task<RawAnswer> SendAsync(
        string method, string target, string? body = null, string contentType = "application/json", string? accept = null)
    {
        return await SendAsync(method, target, body is null ? null : System.Text.Encoding.UTF8.GetBytes(body), contentType, accept);
    }

    /// <summary>A GET with an Authorization header.</summary>
    public Task<RawAnswer> SendAsAsync(string target, string? authorization)
    {
        var http = NewRequest("GET", target, null);
        if (authorization is not null)
        {
            http.Request.Headers.Authorization = authorization;
        }
        return AnswerAsync(http);
    }

    public Task<RawAnswer> SendAsync(string method, string target, byte[]? body, string contentType, string? accept = null, string? acceptEncoding = null)
    {
        var http = NewRequest(method, target, accept);
        if (acceptEncoding is not null)
        {
            http.Request.Headers.AcceptEncoding = acceptEncoding;
        }
        if (body is not null)
        {
            http.Request.ContentType = contentType;
            http.Request.ContentLength = body.Length;
            http.Request.Body = new MemoryStream(body);
        }
        return AnswerAsync(http);
    }

    /// <summary>A request with JSON, of a connection and with headers as the test wants them.</summary>
    public Task<RawAnswer> SendAsync(string method, string target, string? body, Action<HttpContext> prepare)
    {
        var http = NewRequest(method, target, null);
        if (body is not null)
        {
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body));
        }
        prepare(http);
        return AnswerAsync(http);
    }

    /// <summary>A request whose body comes as it comes.</summary>
    public Task<RawAnswer> SendAsync(string method, string target, Stream body)
    {
        var http = NewRequest(method, target, null);
        http.Request.ContentType = "application/json";
        http.Request.Body = body;
        return AnswerAsync(http);
    }

    private async Task<RawAnswer> AnswerAsync(DefaultHttpContext http)
    {
        var answer = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await _server.InvokeAsync(http);
        await http.Response.CompleteAsync();
        return new RawAnswer(http.Response.StatusCode, answer.ToArray(), http.Response.Headers);
    }

    /// <summary>The Status that an action is refused with.</summary>
    public static async Task<StatusException> RefusalAsync(Func<Task> action) => await Assert.ThrowsAsync<StatusException>(action);

    private static DefaultHttpContext NewRequest(string method, string target, string? accept)
    {
        var http = new DefaultHttpContext();
        http.Request.Method = method;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        http.Request.Path = question < 0 ? target : target[..question];
        http.Request.QueryString = question < 0 ? default : new QueryString(target[question..]);
        if (accept is not null)
        {
            http.Request.Headers.Accept = accept;
        }
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
