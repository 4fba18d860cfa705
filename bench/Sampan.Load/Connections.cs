using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;

namespace Sampan.Load;

/// <summary>Connections to one server, each of its own HTTP/2 connection. Answers come uncompressed: the load is the server's, not gzip's.</summary>
internal sealed class Connections(ClientConfig config) : IDisposable
{
    private readonly List<HttpClient> _clients = [];

    /// <summary>The number-th connection, made when it is first asked for.</summary>
    public HttpClient this[int number]
    {
        get
        {
            while (_clients.Count <= number) _clients.Add(Open());
            return _clients[number];
        }
    }

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    private HttpClient Open()
    {
        var tls = new SslClientAuthenticationOptions();
        if (config.InsecureSkipTlsVerify)
        {
#pragma warning disable CA5359 // The user asked for it in the kubeconfig.
            tls.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.ImportFromPem(Text(config.CertificateAuthorityData, config.CertificateAuthorityFile));
        }
        if (config.ClientCertificateData is not null || config.ClientCertificateFile is not null)
        {
            tls.ClientCertificates =
                [X509Certificate2.CreateFromPem(Text(config.ClientCertificateData, config.ClientCertificateFile), Text(config.ClientKeyData, config.ClientKeyFile))];
        }

        var client = new HttpClient(new SocketsHttpHandler { SslOptions = tls, UseProxy = false, InitialHttp2StreamWindowSize = 1 << 20 })
        {
            BaseAddress = new Uri(config.Server + "/"),
            DefaultRequestVersion = new Version(2, 0),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (config.Token is { } token) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static string Text(string? data, string? file) => data ?? File.ReadAllText(file ?? throw new InvalidOperationException("the kubeconfig names no such certificate"));
}
