using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Network;

/// <summary>The names that a pod has for itself.</summary>
internal sealed record PodHostname(string Name, string Domain)
{
    private const int MaxLabel = 63;
    private const int MaxHostname = 64;

    public string FullName => Domain.Length == 0 ? Name : $"{Name}.{Domain}";

    public static PodHostname Of(Pod pod, string clusterDomain)
    {
        if (pod.Spec.HostnameOverride is { Length: > 0 } given)
        {
            return new(given, "");
        }

        var name = pod.Spec.Hostname is { Length: > 0 } own ? own : pod.Metadata.Name;
        var label = name.Length > MaxLabel ? name[..MaxLabel].TrimEnd('-', '.') : name;
        var domain = pod.Spec.Subdomain is { Length: > 0 } subdomain ? $"{subdomain}.{pod.Metadata.Namespace}.svc.{clusterDomain}" : "";
        return new(label, domain);
    }

    /// <summary>What the kernel is told; null when the full name is wanted and longer than the kernel allows.</summary>
    public string? ForKernel(Pod pod) => pod.Spec.SetHostnameAsFQDN != true ? Name : FullName.Length <= MaxHostname ? FullName : null;
}
