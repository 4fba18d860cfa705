using Microsoft.Extensions.Logging;

namespace Sampan.Kubelet.Manifests;

/// <summary>A pod, or a list of pods, that a server shows. While it does not answer, its pods stay.</summary>
/// <remarks>Upstream: pkg/kubelet/config/http.go.</remarks>
internal sealed class ManifestUrl(string url, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, ManifestReader reader, ILogger logger) : IManifests, IDisposable
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };

    public async Task<IReadOnlyCollection<Manifest>?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await GetAsync(cancellationToken);
            return text.Length == 0 ? [] : [.. reader.Read(text, "http", url).Select(pod => new Manifest(url, pod))];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("Failed to read pods from URL: {Error}", e.Message);
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, values) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, values);
        }

        using var response = await _client.SendAsync(request, cancellationToken);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsByteArrayAsync(cancellationToken)
            : throw new HttpRequestException($"{url}: {(int)response.StatusCode} {response.ReasonPhrase}");
    }
}
