using Microsoft.AspNetCore.Http;

namespace Sampan.ApiServer.Http.Filters;

/// <summary>
/// Once the server only finishes what it has begun, asks clients to come back later, perhaps to another server; the sockets stay open
/// until everything is finished. Health checks and metrics go on. Upstream: --shutdown-send-retry-after.
/// </summary>
internal sealed class ShutdownFilter : IRequestFilter
{
    private const string RetryAfterSeconds = "5";

    private static readonly PathString[] Exempt = ["/readyz", "/livez", "/healthz", "/metrics"];

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _refuses;
    private int _open;

    public async Task InvokeAsync(ApiRequest request, RequestHandler next)
    {
        if (request.Loopback is not null || Array.Exists(Exempt, path => request.Http.Request.Path.StartsWithSegments(path)))
        {
            await next(request);
            return;
        }
        Interlocked.Increment(ref _open);
        try
        {
            await (_refuses ? RefuseAsync(request.Http) : next(request));
        }
        finally
        {
            if (Interlocked.Decrement(ref _open) == 0 && _refuses)
            {
                _finished.TrySetResult();
            }
        }
    }

    /// <summary>Refuses from now on what is new, and completes when nothing is left.</summary>
    public Task FinishAsync()
    {
        _refuses = true;
        return Interlocked.CompareExchange(ref _open, 0, 0) == 0 ? Task.CompletedTask : _finished.Task;
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            http.Connection.RequestClose();
        }
        else
        {
            http.Response.Headers.Connection = "close";
        }
        return PlainText.WriteAsync(http, StatusCodes.Status429TooManyRequests, "The apiserver is shutting down, please try again later.\n");
    }
}
