using System.Security.Cryptography.X509Certificates;

namespace Sampan.Client.Http;

/// <summary>
/// The connections to one server. A connection speaks for the certificate that it began with, so that another certificate has
/// others; the earlier ones go on until what they carry has ended, and close when they have been idle for a while.
/// </summary>
internal sealed class HttpConnections(ClientConfig config, Credentials credentials) : IDisposable
{
    private readonly Lock _lock = new();
    private (HttpClient Client, X509Certificate2? Identity)? _current;

    public HttpClient Current
    {
        get
        {
            var identity = credentials.ClientCertificate();
            lock (_lock)
            {
                if (_current is { } known && ReferenceEquals(known.Identity, identity)) return known.Client;
                var client = Create();
                _current = (client, identity);
                return client;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock) _current?.Client.Dispose();
    }

    private HttpClient Create() => new(HttpHandlers.Create(config, credentials))
    {
        BaseAddress = new Uri(config.Server.TrimEnd('/') + "/"),
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
