using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sampan.Client;
using Sampan.Cluster.Host;
using Sampan.ControllerManager.Certificates;

namespace Sampan.Commands;

/// <summary>Which authority signs for which signer, under upstream's flag names: one for all, or one for each.</summary>
internal sealed class SigningFlags
{
    private readonly Option<string?> _certificate = new("--cluster-signing-cert-file") { Description = "The authority that signs certificates for all signers." };
    private readonly Option<string?> _key = new("--cluster-signing-key-file") { Description = "Its private key." };
    private readonly DurationFlag _duration = new("--cluster-signing-duration", TimeSpan.FromDays(365), "The longest that a signed certificate lives.");

    private readonly (string Signer, Option<string?> Certificate, Option<string?> Key)[] _own =
    [
        Of(SignerNames.KubeletServing, "kubelet-serving"),
        Of(SignerNames.KubeletClient, "kubelet-client"),
        Of(SignerNames.KubeApiServerClient, "kube-apiserver-client"),
        Of(SignerNames.LegacyUnknown, "legacy-unknown"),
    ];

    public void AddTo(Command command)
    {
        Option[] common = [_certificate, _key, _duration.Option];
        foreach (var option in common.Concat(_own.SelectMany(o => new Option[] { o.Certificate, o.Key }))) command.Options.Add(option);
    }

    /// <summary>The authority of each signer that has one.</summary>
    public Dictionary<string, Func<SigningKey>> Keys(ParseResult result)
    {
        var keys = new Dictionary<string, Func<SigningKey>>();
        foreach (var (signer, certificate, key) in _own)
        {
            var own = result.GetValue(certificate) is not null;
            if (Read(result, own ? certificate : _certificate, own ? key : _key) is { } read) keys[signer] = read;
        }

        return keys;
    }

    public TimeSpan Duration(ParseResult result) => _duration.Value(result);

    /// <summary>An authority that is replaced while the manager runs signs from then on.</summary>
    private static Func<SigningKey>? Read(ParseResult result, Option<string?> certificate, Option<string?> key)
    {
        if (result.GetValue(certificate) is not { } file) return null;
        var keyFile = result.GetValue(key) ?? throw new HostException($"{certificate.Name} needs {key.Name}");
        var authority = new FileValue<SigningKey>(Pair, file, keyFile);
        try
        {
            _ = authority.Current;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new HostException($"{certificate.Name}, {key.Name}: {e.Message}");
        }

        return () => authority.Current;
    }

    /// <summary>Refuses a key that is not the certificate's, as it is while only one of the two files has been replaced.</summary>
    private static SigningKey Pair(IReadOnlyList<string> texts)
    {
        using var pair = X509Certificate2.CreateFromPem(texts[0], texts[1]);
        return new SigningKey(texts[0], texts[1]);
    }

    private static (string Signer, Option<string?> Certificate, Option<string?> Key) Of(string signer, string flag) => (
        signer,
        new($"--cluster-signing-{flag}-cert-file") { Description = $"The authority that signs for {signer}." },
        new($"--cluster-signing-{flag}-key-file") { Description = "Its private key." });
}
