using System.Security.Cryptography;
using System.Text;

namespace Sampan.Kubelet.References;

/// <summary>A ClusterTrustBundle, of whichever version.</summary>
internal sealed record TrustBundle(string Name, string Signer, IReadOnlyDictionary<string, string> Labels, string Pem)
{
    private const string Certificate = "CERTIFICATE";

    /// <summary>
    /// All certificates of some bundles, each once. Their order stays as long as the kubelet runs, and is another one the next
    /// time, so that nobody counts on it.
    /// </summary>
    public static string Join(IEnumerable<TrustBundle> bundles, byte[] salt)
    {
        var anchors = bundles.SelectMany(b => Blocks(b.Pem)).DistinctBy(Convert.ToHexString).OrderBy(der => Convert.ToHexString(HMACSHA256.HashData(salt, der)), StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var anchor in anchors)
        {
            text.Append(PemEncoding.WriteString(Certificate, anchor)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<byte[]> Blocks(string pem)
    {
        for (var rest = pem; PemEncoding.TryFind(rest, out var fields); rest = rest[fields.Location.End..])
        {
            yield return Convert.FromBase64String(rest[fields.Base64Data]);
        }
    }
}
