using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;

namespace Sampan.Client.Grpc;

/// <summary>
/// Calls gRPC services over HTTP/2: unary and server-streaming, with deadlines, cancellation and statuses.
/// <code>
/// POST /runtime.v1.RuntimeService/Version  → headers, one frame
///                                          ← headers, frames…, trailers grpc-status, grpc-message
/// </code>
/// </summary>
public sealed class GrpcChannel : IDisposable
{
    /// <summary>Runtimes list every container in one message; this is what upstream's kubelet accepts.</summary>
    private const int MaxMessageSize = 16 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue ContentType = new("application/grpc");
    private readonly HttpMessageInvoker _invoker;
    private readonly Uri _authority;
    private readonly TimeProvider _time;

    public GrpcChannel(HttpMessageHandler handler, Uri authority, TimeProvider time)
    {
        _invoker = new HttpMessageInvoker(handler);
        _authority = authority;
        _time = time;
    }

    /// <summary>A channel to a server that listens on a Unix socket; connects on the first call, and again when the server restarts.</summary>
    public static GrpcChannel ForUnixSocket(string path, TimeProvider time)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            UseProxy = false,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = async (_, cancellationToken) => await ConnectAsync(path, cancellationToken),
        };
        return new GrpcChannel(handler, new Uri("http://localhost"), time);
    }

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? deadline = null, CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        using var limit = new Deadline(deadline, _time, cancellationToken);
        try
        {
            using var response = await SendAsync(method, request, deadline, limit.Token);
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            var frame = await GrpcFrame.ReadAsync(body, MaxMessageSize, limit.Token);
            if (frame is not null)
            {
                // Trailers arrive with the end of the stream, so read up to it.
                await GrpcFrame.ReadAsync(body, MaxMessageSize, limit.Token);
            }

            ThrowUnlessOk(response);
            return frame is null
                ? throw new RpcException(GrpcStatusCode.Internal, $"{method.Path} answered OK without a message")
                : method.Parser.ParseFrom(frame);
        }
        catch (Exception e) when (Translate(e, limit, cancellationToken) is { } translated)
        {
            throw translated;
        }
    }

    /// <summary>The messages of a server stream, until the server ends it; a status other than OK is thrown at its end.</summary>
    public async IAsyncEnumerable<TResponse> StreamAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        using var limit = new Deadline(null, _time, cancellationToken);
        using var response = await Guard(() => SendAsync(method, request, null, limit.Token), limit, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
        while (await Guard(() => GrpcFrame.ReadAsync(body, MaxMessageSize, limit.Token).AsTask(), limit, cancellationToken) is { } frame)
        {
            yield return method.Parser.ParseFrom(frame);
        }

        ThrowUnlessOk(response);
    }

    public void Dispose() => _invoker.Dispose();

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            // A missing socket file comes as "Cannot assign requested address", which helps nobody.
            throw new IOException($"dial unix {path}: connect: {(File.Exists(path) ? e.Message.ToLowerInvariant() : "no such file or directory")}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan? deadline, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : IMessage<TResponse>
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(_authority, method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(GrpcFrame.Encode(request)),
        };
        message.Content.Headers.ContentType = ContentType;
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (deadline is { } limit)
        {
            message.Headers.Add("grpc-timeout", $"{Math.Clamp((long)limit.TotalMilliseconds, 1, 99_999_999)}m");
        }

        var response = await _invoker.SendAsync(message, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        response.Dispose();
        throw new RpcException(FromHttp(response.StatusCode), $"unexpected HTTP status code {(int)response.StatusCode} from {method.Path}");
    }

    private static async Task<T> Guard<T>(Func<Task<T>> action, Deadline limit, CancellationToken caller)
    {
        try
        {
            return await action();
        }
        catch (Exception e) when (Translate(e, limit, caller) is { } translated)
        {
            throw translated;
        }
    }

    private static RpcException? Translate(Exception e, Deadline limit, CancellationToken caller) => e switch
    {
        RpcException => null,
        OperationCanceledException when caller.IsCancellationRequested => null,
        OperationCanceledException when limit.IsExceeded => new RpcException(GrpcStatusCode.DeadlineExceeded, "context deadline exceeded", e),
        InvalidProtocolBufferException => new RpcException(GrpcStatusCode.Internal, e.Message, e),
        HttpRequestException or IOException or SocketException => new RpcException(GrpcStatusCode.Unavailable, e.GetBaseException().Message, e),
        _ => null,
    };

    /// <summary>The status is a trailer, or a header where the server answers without a body.</summary>
    private static void ThrowUnlessOk(HttpResponseMessage response)
    {
        var status = Value(response.TrailingHeaders, "grpc-status") ?? Value(response.Headers, "grpc-status");
        var message = Value(response.TrailingHeaders, "grpc-message") ?? Value(response.Headers, "grpc-message") ?? "";
        if (!int.TryParse(status, out var code))
        {
            throw new RpcException(GrpcStatusCode.Internal, "server closed the stream without sending trailers");
        }

        if (code != 0)
        {
            throw new RpcException(Enum.IsDefined((GrpcStatusCode)code) ? (GrpcStatusCode)code : GrpcStatusCode.Unknown, Uri.UnescapeDataString(message));
        }
    }

    private static string? Value(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static GrpcStatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => GrpcStatusCode.Internal,
        HttpStatusCode.Unauthorized => GrpcStatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => GrpcStatusCode.PermissionDenied,
        HttpStatusCode.NotFound => GrpcStatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    /// <summary>The caller's token joined with a time limit, and which of the two ended the call.</summary>
    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource? _timer;
        private readonly CancellationTokenSource? _joined;

        public Deadline(TimeSpan? limit, TimeProvider time, CancellationToken caller)
        {
            Token = caller;
            if (limit is { } value)
            {
                _timer = new CancellationTokenSource(value, time);
                _joined = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
                Token = _joined.Token;
            }
        }

        public CancellationToken Token { get; }

        public bool IsExceeded => _timer?.IsCancellationRequested == true;

        public void Dispose()
        {
            _joined?.Dispose();
            _timer?.Dispose();
        }
    }
}
