namespace Sampan.Kubelet.Pods;

/// <summary>The addresses that the network gave to a sandbox.</summary>
internal static class SandboxAddresses
{
    public static IReadOnlyList<string> Of(Cri.PodSandboxStatus? sandbox) =>
        sandbox?.Network is { Ip.Length: > 0 } network ? [network.Ip, .. network.AdditionalIps.Select(a => a.Ip)] : [];
}
