using System.Security.Cryptography;

namespace Sampan.Cluster.Certificates;

/// <summary>
/// The certificates and keys of a cluster in kubeadm's layout: <c>ca.crt</c>, <c>apiserver.crt</c>, <c>sa.key</c>, …
/// Ensuring is idempotent: what is missing is made, what nears its end or says something else is made anew.
/// </summary>
public sealed class PkiDirectory(string path, TimeProvider time)
{
    private const string Masters = "system:masters";
    private const string ClusterAdmins = "kubeadm:cluster-admins";

    private static readonly (string File, CertificateProfile Profile)[] Clients =
    [
        ("apiserver-kubelet-client", CertificateProfile.Client("kube-apiserver-kubelet-client", ClusterAdmins)),
        ("admin", CertificateProfile.Client("kubernetes-admin", ClusterAdmins)),
        ("super-admin", CertificateProfile.Client("kubernetes-super-admin", Masters)),
        ("scheduler", CertificateProfile.Client("system:kube-scheduler")),
        ("controller-manager", CertificateProfile.Client("system:kube-controller-manager")),
        ("kube-proxy", CertificateProfile.Client("system:kube-proxy")),
    ];

    public string Root { get; } = System.IO.Path.GetFullPath(path);

    public string CaFile => CertificateFile("ca");

    /// <summary>Who signs the certificates of proxies in front of API servers.</summary>
    public string ProxyCaFile => CertificateFile("front-proxy-ca");

    public string ServiceAccountKeyFile => KeyFile("sa");

    public string ServiceAccountPublicKeyFile => FileOf("sa.pub");

    public string CertificateFile(string name) => FileOf(name + ".crt");

    public string KeyFile(string name) => FileOf(name + ".key");

    /// <summary>The name, for <see cref="CertificateFile"/>, of a kubelet's client certificate.</summary>
    public static string KubeletClient(string nodeName) => $"nodes/{nodeName}/kubelet-client";

    /// <summary>The name, for <see cref="CertificateFile"/>, of a kubelet's serving certificate.</summary>
    public static string KubeletServer(string nodeName) => $"nodes/{nodeName}/kubelet";

    /// <summary>Makes all that a control plane needs; returns the names of what was made or renewed.</summary>
    public IReadOnlyList<string> Ensure(PkiOptions options)
    {
        var renewed = new List<string>();
        EnsureAuthority("ca", "kubernetes", renewed);
        EnsureAuthority("front-proxy-ca", "front-proxy-ca", renewed);
        EnsureLeaf("ca", "apiserver", CertificateProfile.Server("kube-apiserver", options.AllServerNames()), renewed);
        foreach (var (file, profile) in Clients)
            EnsureLeaf("ca", file, profile, renewed);
        EnsureLeaf("front-proxy-ca", "front-proxy-client", CertificateProfile.Client("front-proxy-client"), renewed);
        EnsureServiceAccountKey(renewed);
        return renewed;
    }

    /// <summary>Makes a node's certificates: its client certificate and, with its names, its serving certificate.</summary>
    public IReadOnlyList<string> EnsureNode(string nodeName, IEnumerable<string> names)
    {
        var renewed = new List<string>();
        var user = $"system:node:{nodeName}";
        EnsureLeaf("ca", KubeletClient(nodeName), CertificateProfile.Client(user, "system:nodes"), renewed);
        var server = CertificateProfile.Server(user, [nodeName, .. names]) with { Organizations = ["system:nodes"] };
        EnsureLeaf("ca", KubeletServer(nodeName), server, renewed);
        return renewed;
    }

    /// <summary>Makes one more certificate of the cluster's authority under the name.</summary>
    public KeyPair EnsureCertificate(string name, CertificateProfile profile)
    {
        EnsureLeaf("ca", name, profile, []);
        return Read(name);
    }

    /// <summary>The pair that <see cref="Ensure"/> made.</summary>
    public KeyPair Read(string name) => TryRead(name)
        ?? throw new CertificateException($"{CertificateFile(name)} or {KeyFile(name)} is missing");

    private void EnsureAuthority(string name, string commonName, List<string> renewed)
    {
        var certificate = PemFile.ReadIfPresent(CertificateFile(name));
        var key = PemFile.ReadIfPresent(KeyFile(name));
        if (certificate is null && key is null)
        {
            WritePair(name, CertificateAuthority.Create(commonName, time.GetUtcNow()), renewed);
        }
        else if (certificate is null)
        {
            using var algorithm = PrivateKeys.FromPem(key!);
            var made = CertificateAuthority.CreateCertificate(commonName, algorithm, time.GetUtcNow());
            WritePair(name, new KeyPair(made, key!), renewed);
        }
        else if (key is not null && !new KeyPair(certificate, key).IsMatching())
        {
            throw new CertificateException(
                $"{KeyFile(name)} is not the key of {CertificateFile(name)}; restore the pair from a backup, or remove both to start a new cluster");
        }
    }

    private void EnsureLeaf(string authority, string name, CertificateProfile profile, List<string> renewed)
    {
        var present = TryRead(name);
        if (TryRead(authority) is not { } pair)
        {
            if (present is not null)
                return;
            throw new CertificateException(
                $"{CertificateFile(name)} is missing and cannot be made, since {KeyFile(authority)} is not on this host");
        }

        using var signer = CertificateAuthority.Load(pair);
        if (present is not null && CertificateCheck.IsCurrent(present, profile, signer, time.GetUtcNow()))
            return;
        if (time.GetUtcNow() > signer.Certificate.NotAfter)
            throw new CertificateException($"{CertificateFile(authority)} expired on {signer.Certificate.NotAfter:yyyy-MM-dd}; it must be replaced");
        WritePair(name, signer.Issue(profile, time.GetUtcNow()), renewed);
    }

    private void EnsureServiceAccountKey(List<string> renewed)
    {
        var pem = PemFile.ReadIfPresent(ServiceAccountKeyFile);
        if (pem is null)
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            pem = PrivateKeys.ToPem(made);
            PemFile.Write(ServiceAccountKeyFile, pem);
            renewed.Add("sa");
        }

        using var key = PrivateKeys.FromPem(pem);
        var publicPem = key.ExportSubjectPublicKeyInfoPem() + "\n";
        if (PemFile.ReadIfPresent(ServiceAccountPublicKeyFile) != publicPem)
            PemFile.Write(ServiceAccountPublicKeyFile, publicPem);
    }

    /// <summary>The key goes first: a crash between the two leaves a pair that does not match, which is made anew.</summary>
    private void WritePair(string name, KeyPair pair, List<string> renewed)
    {
        PemFile.Write(KeyFile(name), pair.KeyPem);
        PemFile.Write(CertificateFile(name), pair.CertificatePem);
        renewed.Add(name);
    }

    private KeyPair? TryRead(string name) =>
        PemFile.ReadIfPresent(CertificateFile(name)) is { } certificate && PemFile.ReadIfPresent(KeyFile(name)) is { } key
            ? new KeyPair(certificate, key)
            : null;

    private string FileOf(string name) => System.IO.Path.Combine(Root, name);
}
