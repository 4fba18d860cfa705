using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sampan.Client.Grpc;

namespace Sampan.Client.Tests.Grpc;

public sealed class GrpcChannelTests : IAsyncLifetime
{
    private static readonly GrpcMethod<StringValue, StringValue> Method = new("test.Echo", "Say", StringValue.Parser);
    private readonly string _socket = Path.Combine(Path.GetTempPath(), $"grpc-{Guid.NewGuid():N}.sock");
    private readonly WebApplication _server;
    private readonly GrpcChannel _channel;
    private Func<HttpContext, Task> _answer = _ => Task.CompletedTask;

    public GrpcChannelTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.ListenUnixSocket(_socket, l => l.Protocols = HttpProtocols.Http2));
        _server = builder.Build();
        _server.Run(context => _answer(context));
        _channel = GrpcChannel.ForUnixSocket(_socket, TimeProvider.System);
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Call_Unary_SendsAndReadsOneMessage()
    {
        _answer = async context =>
        {
            Assert.Equal("/test.Echo/Say", context.Request.Path);
            Assert.Equal("application/grpc", context.Request.ContentType);
            var request = await GrpcFrame.ReadAsync(context.Request.Body, 1000, default);
            await SendAsync(context, $"hello {StringValue.Parser.ParseFrom(request).Value}");
            End(context, 0);
        };

        var answer = await _channel.CallAsync(Method, new StringValue { Value = "world" });

        Assert.Equal("hello world", answer.Value);
    }

    [Fact]
    public async Task Call_Failing_ThrowsItsStatusWithTheMessageDecoded()
    {
        _answer = context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "5";
            context.Response.Headers["grpc-message"] = "no such image%3A x";
            return Task.CompletedTask;
        };

        var failure = await Assert.ThrowsAsync<RpcException>(() => _channel.CallAsync(Method, new StringValue()));

        Assert.Equal(GrpcStatusCode.NotFound, failure.Code);
        Assert.Equal("no such image: x", failure.Detail);
        Assert.Equal("rpc error: code = NotFound desc = no such image: x", failure.Message);
    }

    [Fact]
    public async Task Call_PastItsDeadline_ThrowsDeadlineExceeded()
    {
        string? timeout = null;
        _answer = async context =>
        {
            timeout = context.Request.Headers["grpc-timeout"];
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };

        var failure = await Assert.ThrowsAsync<RpcException>(() => _channel.CallAsync(Method, new StringValue(), TimeSpan.FromMilliseconds(300)));

        Assert.Equal(GrpcStatusCode.DeadlineExceeded, failure.Code);
        Assert.Equal("300m", timeout);
    }

    [Fact]
    public async Task Call_Cancelled_ThrowsCancellation()
    {
        using var stop = new CancellationTokenSource();
        _answer = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _channel.CallAsync(Method, new StringValue(), cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Stream_Messages_ComeOneByOneAndTheStatusAtTheEnd()
    {
        _answer = async context =>
        {
            await SendAsync(context, "one");
            await SendAsync(context, "two");
            End(context, 14);
        };
        var seen = new List<string>();

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var message in _channel.StreamAsync(Method, new StringValue()))
            {
                seen.Add(message.Value);
            }
        });

        Assert.Equal(["one", "two"], seen);
        Assert.Equal(GrpcStatusCode.Unavailable, failure.Code);
    }

    [Fact]
    public async Task Call_WithoutServer_IsUnavailable()
    {
        using var channel = GrpcChannel.ForUnixSocket("/nowhere/at.sock", TimeProvider.System);

        var failure = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(Method, new StringValue()));

        Assert.Equal(GrpcStatusCode.Unavailable, failure.Code);
        Assert.Contains("/nowhere/at.sock: connect: no such file or directory", failure.Detail);
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/grpc";
        }

        await context.Response.Body.WriteAsync(GrpcFrame.Encode(new StringValue { Value = text }));
        await context.Response.Body.FlushAsync();
    }

    private static void End(HttpContext context, int status) =>
        context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = status.ToString();
}
