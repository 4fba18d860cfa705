using System.Net;

namespace Sampan.Kubelet.Certificates;

/// <summary>What a certificate of the kubelet is for.</summary>
/// <param name="Signer">Who shall sign it.</param>
/// <param name="Usages">As the API names them.</param>
/// <param name="NodeName">Whose it is.</param>
/// <param name="DnsNames">Where it serves.</param>
/// <param name="Addresses">Where it serves.</param>
public sealed record CertificateNeed(string Signer, IReadOnlyList<string> Usages, string NodeName, IReadOnlyList<string> DnsNames, IReadOnlyList<IPAddress> Addresses)
{
    private const string ServingSigner = "kubernetes.io/kubelet-serving";

    /// <summary>Whether it is for the kubelet's own API.</summary>
    internal bool IsServing => Signer == ServingSigner;

    /// <summary>To be known to the API server as the node.</summary>
    public static CertificateNeed Client(string nodeName) =>
        new("kubernetes.io/kube-apiserver-client-kubelet", ["digital signature", "client auth"], nodeName, [], []);

    /// <summary>To serve the kubelet's own API.</summary>
    public static CertificateNeed Serving(string nodeName, IReadOnlyList<IPAddress> addresses) =>
        new(ServingSigner, ["digital signature", "server auth"], nodeName, [nodeName], addresses);
}
