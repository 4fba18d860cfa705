using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>What a container would serve: HTTP on a loopback port, and notes of who asked for what.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoopbackServer(HttpProtocols protocols, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = protocols));
        _app = builder.Build();
        _app.Run(context =>
        {
            Asked.Enqueue($"{context.Request.Method} {context.Request.Path}");
            return answer(context);
        });
    }

    public ConcurrentQueue<string> Asked { get; } = new();

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<LoopbackServer> StartAsync(Func<HttpContext, Task> answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var server = new LoopbackServer(protocols, answer);
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
