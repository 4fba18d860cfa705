using Sampan.Client;
using Sampan.Cluster.Certificates;

namespace Sampan.Cluster.Server;

/// <summary>Writes a kubeconfig for the administrator and for each component, as kubeadm does; readable by root only.</summary>
internal sealed class KubeconfigWriter(ClusterOptions options, PkiDirectory pki)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly (string File, string Certificate)[] Files =
    [
        ("admin.conf", "admin"), ("super-admin.conf", "super-admin"), ("controller-manager.conf", "controller-manager"),
        ("scheduler.conf", "scheduler"), ("kube-proxy.conf", "kube-proxy"),
    ];

    public void WriteAll()
    {
        foreach (var (file, certificate) in Files) Write(file, certificate);
        Write("kubelet.conf", PkiDirectory.KubeletClient(options.NodeName));
    }

    private void Write(string file, string certificate)
    {
        var pair = pki.Read(certificate);
        var text = KubeconfigFile.Render(new KubeconfigContext("sampan", options.ServerUrl)
        {
            CertificateAuthority = File.ReadAllText(pki.CaFile),
            ClientCertificate = pair.CertificatePem,
            ClientKey = pair.KeyPem,
        });
        var path = Path.Combine(options.Paths.Kubeconfigs, file);
        var temporary = path + ".new";
        using (var stream = new StreamWriter(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly })) stream.Write(text);
        File.Move(temporary, path, overwrite: true);
    }
}
