using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sampan.ApiServer.Authentication.X509;

/// <summary>The authorities that a PEM text names, read again when the text has become another one.</summary>
internal sealed class AuthorityBundle(Func<string> pem)
{
    private volatile Content _content = Parse(pem());

    /// <summary>The authorities now: the same object until they are renewed.</summary>
    public X509Certificate2Collection Certificates => _content.Certificates;

    /// <summary>True when there are others than before. A text that cannot be read leaves those that were known.</summary>
    public bool TryRenew()
    {
        try
        {
            var now = pem();
            if (now == _content.Pem || Parse(now) is not { Certificates.Count: > 0 } next)
            {
                return false;
            }
            _content = next;
            return true;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static Content Parse(string pem)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(pem);
        return new Content(pem, certificates);
    }

    private sealed record Content(string Pem, X509Certificate2Collection Certificates);
}
