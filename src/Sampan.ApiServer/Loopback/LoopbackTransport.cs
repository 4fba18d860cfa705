using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Http.Resources;
using Sampan.ApiServer.Watch;
using Sampan.Client;
using ClientRequest = Sampan.Client.ApiRequest;
using ServerRequest = Sampan.ApiServer.Http.ApiRequest;

namespace Sampan.ApiServer.Loopback;

/// <summary>
/// The client's way into the server of the same process: the whole pipeline applies, only bytes are spared. Typed requests hand their
/// object over and get shared objects back; other forms travel as bytes through memory.
/// </summary>
internal sealed class LoopbackTransport(Func<RequestPipeline> pipeline, UserInfo user) : IApiTransport
{
    public async Task<ApiResponse> SendAsync(ClientRequest request, CancellationToken cancellationToken)
    {
        var http = HttpOf(request, cancellationToken);
        var answer = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        var exchange = request.Form is ObjectForm.Typed ? new LoopbackExchange(TypedBody(request)) : null;
        await pipeline().InvokeAsync(RequestOf(http, exchange));
        cancellationToken.ThrowIfCancellationRequested();
        if (exchange?.Failure is { } failure)
        {
            throw new StatusException(failure);
        }
        if (exchange?.Value is { } value)
        {
            return new ApiResponse { StatusCode = exchange.StatusCode, Value = value, Warnings = WarningsOf(http) };
        }
        await http.Response.CompleteAsync();
        return BytesOf(http, answer.ToArray());
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(ClientRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var exchange = new LoopbackExchange(null);
        var running = RunWatchAsync(RequestOf(HttpOf(request, ends.Token), exchange), exchange);
        try
        {
            var (watcher, resource) = await exchange.Watch.WaitAsync(cancellationToken);
            while (await watcher.WaitToReadAsync(cancellationToken))
            {
                while (watcher.TryRead(out var item))
                {
                    yield return EventOf(request.Form, item, WatchEvents.ObjectOf(item, resource));
                }
            }
        }
        finally
        {
            exchange.Finish();
            await ends.CancelAsync();
            await running;
        }
    }

    public async Task<Stream> OpenAsync(ClientRequest request, CancellationToken cancellationToken)
    {
        var http = HttpOf(request, cancellationToken);
        var pipe = new Pipe();
        var body = new StreamingBody(pipe.Writer);
        http.Features.Set<IHttpResponseBodyFeature>(body);
        var running = RunAsync(http, body);
        await Task.WhenAny(body.Started, running);
        if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            await running;
            using var failed = pipe.Reader.AsStream();
            var bytes = new MemoryStream();
            await failed.CopyToAsync(bytes, cancellationToken);
            throw new StatusException(JsonCodec.Decode<Status>(bytes.ToArray()));
        }
        return pipe.Reader.AsStream();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A pipeline that ends without a watch and without a Status has found no such resource.</summary>
    private async Task RunWatchAsync(ServerRequest request, LoopbackExchange exchange)
    {
        await pipeline().InvokeAsync(request);
        if (!exchange.Watch.IsCompleted)
        {
            exchange.Fail(StatusException.GenericNotFound().Status);
        }
    }

    private async Task RunAsync(HttpContext http, StreamingBody body)
    {
        await pipeline().InvokeAsync(RequestOf(http, null));
        await body.CompleteAsync();
    }

    private ServerRequest RequestOf(HttpContext http, LoopbackExchange? exchange) =>
        new(http) { User = user, IsAuthenticated = true, Loopback = exchange };

    private static object? TypedBody(ClientRequest request) => request.Content?.Value as ITyped;

    private static DefaultHttpContext HttpOf(ClientRequest request, CancellationToken cancellationToken)
    {
        var http = new DefaultHttpContext { RequestAborted = cancellationToken };
        http.Request.Method = request.Method;
        http.Request.Protocol = "HTTP/1.1";
        var target = request.PathAndQuery;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        http.Request.Path = PathString.FromUriComponent(question < 0 ? target : target[..question]);
        http.Request.QueryString = question < 0 ? default : new QueryString(target[question..]);
        http.Request.Headers.Accept = request.Accept ?? AcceptOf(request);
        if (request.Content is { } content && !(request.Form is ObjectForm.Typed && content.Value is ITyped))
        {
            var encoded = content.Encode(WireFormat.Json);
            http.Request.ContentType = encoded.MediaType;
            http.Request.ContentLength = encoded.Bytes.Length;
            http.Request.Body = new MemoryStream(encoded.Bytes.ToArray(), writable: false);
        }
        return http;
    }

    private static string AcceptOf(ClientRequest request) => request.Form switch
    {
        ObjectForm.Metadata when request.Verb == ApiVerbs.List => Client.MediaTypes.PartialObjectMetadataList,
        ObjectForm.Metadata => Client.MediaTypes.PartialObjectMetadata,
        _ => Client.MediaTypes.Json,
    };

    private static ApiEvent EventOf(ObjectForm form, WatchItem item, CachedObject served)
    {
        var type = item.Type switch
        {
            CacheEventType.Added => WatchEventType.Added,
            CacheEventType.Modified => WatchEventType.Modified,
            CacheEventType.Deleted => WatchEventType.Deleted,
            _ => WatchEventType.Bookmark,
        };
        return form switch
        {
            ObjectForm.Typed or ObjectForm.Metadata => ApiEvent.Of(type, served.Object),         // a client takes the metadata out
            _ => new ApiEvent(type, null, served.Json),
        };
    }

    private static ApiResponse BytesOf(HttpContext http, byte[] bytes)
    {
        var code = http.Response.StatusCode;
        if (code >= StatusCodes.Status400BadRequest)
        {
            throw new StatusException(FailureOf(http, bytes, code));
        }
        return new ApiResponse
        {
            StatusCode = code,
            Body = bytes,
            MediaType = http.Response.ContentType ?? Client.MediaTypes.Json,
            Warnings = WarningsOf(http),
            ETag = http.Response.Headers.ETag,
        };
    }

    private static Status FailureOf(HttpContext http, byte[] bytes, int code) =>
        http.Response.ContentType?.StartsWith(Client.MediaTypes.Json, StringComparison.Ordinal) == true
            ? JsonCodec.Decode<Status>(bytes)
            : code == StatusCodes.Status404NotFound
                ? StatusException.GenericNotFound().Status
                : new Status { StatusValue = "Failure", Code = code, Message = System.Text.Encoding.UTF8.GetString(bytes) };

    private static List<string> WarningsOf(HttpContext http) =>
        [.. http.Response.Headers["Warning"].OfType<string>().Select(value => value[(value.IndexOf('"', StringComparison.Ordinal) + 1)..^1])];
}
