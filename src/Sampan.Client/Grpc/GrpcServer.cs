using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Sampan.Client.Grpc;

/// <summary>Serves gRPC methods, unary and server-streaming, on a Unix socket. An <see cref="RpcException"/> of a method is its status.</summary>
public sealed class GrpcServer : IAsyncDisposable
{
    private const int MaxMessageSize = 16 * 1024 * 1024;
    private readonly string _socket;
    private readonly WebApplication _app;
    private readonly Dictionary<string, Func<HttpContext, Task>> _methods = [];

    public GrpcServer(string socket)
    {
        _socket = socket;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.ListenUnixSocket(socket, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public GrpcServer Add<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, Task<TResponse>> answer)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>
    {
        _methods[method.Path] = async context =>
            await SendAsync(context, await answer(await ReadAsync<TRequest>(context), context.RequestAborted));
        return this;
    }

    public GrpcServer AddStream<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, IAsyncEnumerable<TResponse>> answer)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>
    {
        _methods[method.Path] = async context =>
        {
            var request = await ReadAsync<TRequest>(context);
            await context.Response.StartAsync(context.RequestAborted);
            await foreach (var message in answer(request, context.RequestAborted))
            {
                await SendAsync(context, message);
            }
        };
        return this;
    }

    /// <summary>Listens; a socket that an earlier server left behind is replaced.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_socket)!);
        File.Delete(_socket);
        return _app.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        // Streams have no end of their own.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        if (Directory.Exists(Path.GetDirectoryName(_socket)))
        {
            File.Delete(_socket);
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        try
        {
            if (!_methods.TryGetValue(context.Request.Path.Value ?? "", out var method))
            {
                throw new RpcException(GrpcStatusCode.Unimplemented, $"unknown method {context.Request.Path}");
            }

            await method(context);
            End(context, GrpcStatusCode.Ok, "");
        }
        catch (RpcException e)
        {
            End(context, e.Code, e.Detail);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up.
        }
    }

    private static async Task<TRequest> ReadAsync<TRequest>(HttpContext context) where TRequest : IMessage<TRequest>, new()
    {
        var frame = await GrpcFrame.ReadAsync(context.Request.Body, MaxMessageSize, context.RequestAborted)
            ?? throw new RpcException(GrpcStatusCode.Internal, "the request holds no message");
        var request = new TRequest();
        request.MergeFrom(frame);
        return request;
    }

    private static async Task SendAsync<TResponse>(HttpContext context, TResponse message) where TResponse : IMessage<TResponse>
    {
        await context.Response.Body.WriteAsync(GrpcFrame.Encode(message), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static void End(HttpContext context, GrpcStatusCode code, string message)
    {
        var trailers = context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        trailers["grpc-status"] = ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (message.Length > 0)
        {
            trailers["grpc-message"] = Uri.EscapeDataString(message);
        }
    }
}
