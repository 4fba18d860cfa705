namespace Sampan.Client;

/// <summary>
/// Carries requests to an API server. HTTP sends bytes and hands bytes back; the in-memory loopback of the API server
/// takes <see cref="ApiContent.Value"/> as it is and answers with shared typed objects, which nobody may mutate.
/// </summary>
/// <remarks>
/// Every answer that is not a success is thrown as the server's <see cref="StatusException"/>;
/// no answer at all is an <see cref="ApiConnectionException"/>.
/// </remarks>
public interface IApiTransport : IAsyncDisposable
{
    /// <summary>Sends one request and reads its whole answer.</summary>
    Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Streams the events of a watch. The request is sent at the first MoveNext; the enumeration ends when the server closes
    /// the watch. An ERROR event is thrown as its Status.
    /// </summary>
    IAsyncEnumerable<ApiEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken);

    /// <summary>Sends a request whose answer is a byte stream (pod logs, proxied pages). The caller disposes the stream.</summary>
    Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken);
}
