using Sampan.Client;
using Sampan.Cluster.Certificates;

namespace Sampan.Cluster.Server;

/// <summary>Writes a kubeconfig for the administrator and for each component, as kubeadm does; readable by root only.</summary>
internal sealed class KubeconfigWriter(ClusterOptions options, PkiDirectory pki)
{
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
        WholeFile.Write(Path.Combine(options.Paths.Kubeconfigs, file), text, WholeFile.OwnerOnly);
    }
}
