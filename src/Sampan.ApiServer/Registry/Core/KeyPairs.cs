using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Whether the certificate and the key of a TLS secret belong together, in the words of Go's crypto/tls.</summary>
internal static class KeyPairs
{
    public static string? ComplaintAbout(IReadOnlyDictionary<string, byte[]> data)
    {
        var certificate = Encoding.Latin1.GetString(data.GetValueOrDefault("tls.crt") ?? []);
        var key = Encoding.Latin1.GetString(data.GetValueOrDefault("tls.key") ?? []);
        if (!Has(certificate, label => label == "CERTIFICATE"))
        {
            return "tls: failed to find any PEM data in certificate input";
        }
        if (!Has(key, label => label == "PRIVATE KEY" || label.EndsWith(" PRIVATE KEY", StringComparison.Ordinal)))
        {
            return "tls: failed to find any PEM data in key input";
        }
        try
        {
            X509Certificate2.CreateFromPem(certificate, key).Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            return "tls: failed to parse private key";
        }
        catch (ArgumentException)
        {
            return "tls: private key does not match public key";
        }
    }

    private static bool Has(string pem, Func<string, bool> isWanted)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (isWanted(rest[fields.Label].ToString()))
            {
                return true;
            }
            rest = rest[fields.Location.End..];
        }
        return false;
    }
}
