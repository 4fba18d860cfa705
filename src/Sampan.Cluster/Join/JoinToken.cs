using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Sampan.Cluster.Host;

namespace Sampan.Cluster.Join;

/// <summary>
/// What a machine needs to join: a bootstrap token, by which the cluster knows it, and the hash of the cluster's authority, by
/// which it knows the cluster. Written <c>abcdef.0123456789abcdef:sha256:9f86d0…</c>.
/// </summary>
public sealed partial record JoinToken(string Id, string Secret, string AuthorityHash)
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The part that authenticates: a bearer token of the API server.</summary>
    public string Bearer => $"{Id}.{Secret}";

    public static JoinToken Create(string authorityHash) => new(Random(6), Random(16), authorityHash);

    /// <exception cref="HostException">The text has another form; the message says which is right.</exception>
    public static JoinToken Parse(string text) => Form().Match(text.Trim()) is { Success: true } match
        ? new JoinToken(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
        : throw new HostException(
            "--token has the form abcdef.0123456789abcdef:sha256:<64 hexadecimal digits>; get a whole one on the server with: sampan token create");

    /// <summary>The hash of a certificate's public key, as kubeadm writes it.</summary>
    public static string HashOf(X509Certificate2 authority) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(authority.PublicKey.ExportSubjectPublicKeyInfo()));

    public override string ToString() => $"{Bearer}:{AuthorityHash}";

    private static string Random(int length) => RandomNumberGenerator.GetString(Letters, length);

    [GeneratedRegex(@"\A([a-z0-9]{6})\.([a-z0-9]{16}):(sha256:[0-9a-f]{64})\z")]
    private static partial Regex Form();
}
