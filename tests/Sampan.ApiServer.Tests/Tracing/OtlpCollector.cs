using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Tracing;

/// <summary>Receives spans over gRPC, like an OpenTelemetry collector.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private const string Export = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    /// <summary>The compression flag and the length that come before a message.</summary>
    private const int FrameHeader = 5;

    private readonly WebApplication _host;
    private readonly ConcurrentQueue<OtlpSpan> _spans = [];

    private OtlpCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _host = builder.Build();
        _host.Run(AnswerAsync);
    }

    public Uri Endpoint => new($"http://127.0.0.1:{new Uri(_host.Urls.First()).Port}");

    public IReadOnlyCollection<OtlpSpan> Spans => _spans;

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector._host.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Assert.Equal(Export, context.Request.Path);
        var received = new MemoryStream();
        await context.Request.Body.CopyToAsync(received);
        foreach (var span in OtlpSpan.Read(received.ToArray()[FrameHeader..]))
        {
            _spans.Enqueue(span);
        }
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[FrameHeader]);
        context.Response.AppendTrailer("grpc-status", "0");
    }
}
