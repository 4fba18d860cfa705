namespace Sampan.Client.Http;

/// <summary>
/// Sends again when that is safe: the server asked for it (429 or 5xx with Retry-After), the request never left,
/// or a read lost its connection.
/// </summary>
internal sealed class HttpRetry(TimeProvider time, RequestMetrics? metrics = null)
{
    private const int MaxRetries = 10;
    private const int MaxLostConnections = 2;

    public async Task<T> RunAsync<T>(ApiRequest request, Func<Task<T>> send, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan wait;
            try
            {
                return await send();
            }
            catch (StatusException e) when (attempt <= MaxRetries && HttpFailure.RetryAfter(e) is { } after)
            {
                wait = after;
                metrics?.Retried(e.Code, request.Method);
            }
            catch (ApiConnectionException e) when (attempt <= MaxLostConnections && !e.IsTlsFailure && (e.NotSent || IsRead(request)))
            {
                wait = TimeSpan.FromMilliseconds(100 * attempt);
                metrics?.Retried(null, request.Method);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private static bool IsRead(ApiRequest request) => request.Method is "GET" or "HEAD";
}
