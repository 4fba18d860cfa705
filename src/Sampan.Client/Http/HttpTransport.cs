using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Sampan.Client.Http;

namespace Sampan.Client;

/// <summary>Talks to an API server over HTTP/1.1 or HTTP/2, normally with TLS.</summary>
public sealed class HttpTransport : IApiTransport
{
    private readonly ClientConfig _config;
    private readonly TimeProvider _time;
    private readonly HttpConnections _connections;
    private readonly Credentials _credentials;
    private readonly HttpRetry _retry;
    private readonly RequestMetrics? _metrics;

    public HttpTransport(ClientConfig config, TimeProvider time)
    {
        _config = config;
        _time = time;
        _credentials = new Credentials(config, time);
        _metrics = config.Metrics is { } registry ? new RequestMetrics(registry, new Uri(config.Server).Authority) : null;
        _retry = new HttpRetry(time, _metrics);
        _connections = new HttpConnections(config, _credentials);
    }

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_config.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await _retry.RunAsync(request, () => OnceAsync(request, either.Token), either.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ApiConnectionException($"{Describe(request)}: no answer within {_config.Timeout.TotalSeconds:0} s", e);
        }
    }

    public async IAsyncEnumerable<ApiEvent> WatchAsync(
        ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _retry.RunAsync(request, () => HeadAsync(request, cancellationToken), cancellationToken);
        var mediaType = response.Content.Headers.ContentType?.ToString() ?? MediaTypes.Json;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var frames = WatchFrames.ReadAsync(stream, mediaType, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await frames.MoveNextAsync()) break;
            }
            catch (Exception e) when (e is IOException or HttpRequestException && e is not ApiConnectionException)
            {
                throw new ApiConnectionException($"{Describe(request)}: the watch broke off: {e.Message}", e);
            }

            yield return frames.Current;
        }
    }

    public async Task<Stream> OpenAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var response = await _retry.RunAsync(request, () => HeadAsync(request, cancellationToken), cancellationToken);
        return new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        _connections.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ApiResponse> OnceAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var response = await HeadAsync(request, cancellationToken);
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            _metrics?.Received(request.Method, body.Length);
            return new ApiResponse
            {
                StatusCode = (int)response.StatusCode,
                Body = body,
                MediaType = response.Content.Headers.ContentType?.ToString() ?? MediaTypes.Json,
                Warnings = HttpWarnings.Of(response.Headers),
                ETag = response.Headers.ETag?.ToString(),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ApiConnectionException($"{Describe(request)}: the answer broke off: {e.Message}", e);
        }
    }

    /// <summary>Sends the request and reads the headers; a failure's body becomes an exception.</summary>
    private async Task<HttpResponseMessage> HeadAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var response = await TrySendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Unauthorized && _credentials.Refresh())
        {
            response.Dispose();
            response = await TrySendAsync(request, cancellationToken);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
            throw HttpFailure.From(request, response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    private async Task<HttpResponseMessage> TrySendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        using var message = await MessageAsync(request, cancellationToken);
        var started = _time.GetTimestamp();
        try
        {
            var response = await _connections.Current.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            _metrics?.Done((int)response.StatusCode, request.Method, _time.GetElapsedTime(started));
            return response;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or CryptographicException)
        {
            _metrics?.Done(null, request.Method, _time.GetElapsedTime(started));
            throw HttpFailure.From(Describe(request), e);
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.PathAndQuery.TrimStart('/'))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", _config.UserAgent);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept ?? Accept(request));
        if (request.Content?.Encode(_config.Format) is { } content)
        {
            message.Content = new ReadOnlyMemoryContent(content.Bytes);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(content.MediaType);
            _metrics?.Sent(request.Method, content.Bytes.Length);
        }

        await _credentials.ApplyAsync(message.Headers, cancellationToken);
        return message;
    }

    private string Accept(ApiRequest request) => request.Form switch
    {
        ObjectForm.Metadata when request.Verb == ApiVerbs.List => MediaTypes.PartialObjectMetadataList,
        ObjectForm.Metadata => MediaTypes.PartialObjectMetadata,
        ObjectForm.Typed when _config.Format == WireFormat.Protobuf => $"{MediaTypes.Protobuf},{MediaTypes.Json}",
        ObjectForm.Raw => "application/json,*/*",
        _ => MediaTypes.Json,
    };

    private string Describe(ApiRequest request) => $"{request.Method} {_config.Server.TrimEnd('/')}{request.Path}";
}
