using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Network;

/// <summary>A pod's resolv.conf by its DNS policy.</summary>
/// <remarks>Upstream: pkg/kubelet/network/dns.</remarks>
/// <param name="clusterServers">The cluster's DNS servers; none where the node does not know of any.</param>
/// <param name="clusterDomain">The cluster's domain; empty for none.</param>
/// <param name="hostResolvConf">The host's file; empty for a host whose servers are not for pods.</param>
/// <param name="addresses">The node's.</param>
internal sealed class PodDns(IReadOnlyList<string> clusterServers, string clusterDomain, string hostResolvConf, Func<IReadOnlyList<string>> addresses)
{
    /// <summary>For whoever runs the node.</summary>
    public const string NoClusterDns = "kubelet does not have ClusterDNS IP configured and cannot create Pod using \"ClusterFirst\" policy. Falling back to \"Default\" policy.";

    private const string ClusterFirst = "ClusterFirst";
    private const string ClusterFirstWithHostNet = "ClusterFirstWithHostNet";

    public Cri.DNSConfig For(Pod pod)
    {
        var config = DnsLimits.Apply(Form(pod));
        return new() { Servers = { config.Servers }, Searches = { config.Searches }, Options = { config.Options } };
    }

    /// <summary>What the pod does not get of what it asks for, as reasons and messages of events.</summary>
    public IEnumerable<(string Reason, string Message)> Remarks(Pod pod)
    {
        if (clusterServers.Count == 0 && IsForCluster(pod))
        {
            yield return (EventReasons.MissingClusterDns, $"pod: \"{pod.Describe()}\". {NoClusterDns}");
        }

        foreach (var message in DnsLimits.Remarks(Form(pod)))
        {
            yield return (EventReasons.DnsConfigForming, message);
        }
    }

    private static string PolicyOf(Pod pod) => pod.Spec.DnsPolicy is { Length: > 0 } policy ? policy : ClusterFirst;

    private static bool IsForCluster(Pod pod) => PolicyOf(pod) is ClusterFirstWithHostNet || (PolicyOf(pod) is ClusterFirst && !pod.Spec.HostNetwork);

    private HostResolver Form(Pod pod)
    {
        var config = PolicyOf(pod) == "None" ? new HostResolver([], [], [])
            : IsForCluster(pod) && clusterServers.Count > 0 ? Cluster(pod)
            : Host();
        return Merge(config, pod.Spec.DnsConfig);
    }

    /// <summary>A host without servers for pods: whoever asks is told at once that there is nobody.</summary>
    private HostResolver Host() => hostResolvConf.Length > 0
        ? HostResolver.Read(hostResolvConf)
        : new([.. addresses().DefaultIfEmpty("").Select(ip => ip.Contains(':', StringComparison.Ordinal) ? "::1" : "127.0.0.1")], ["."], []);

    private HostResolver Cluster(Pod pod)
    {
        var host = hostResolvConf.Length > 0 ? HostResolver.Read(hostResolvConf).Searches : [];
        string[] own = clusterDomain.Length > 0 ? [$"{pod.Metadata.Namespace}.svc.{clusterDomain}", $"svc.{clusterDomain}", clusterDomain] : [];
        return new(clusterServers, [.. own.Concat(host).Distinct()], ["ndots:5"]);
    }

    private static HostResolver Merge(HostResolver config, PodDNSConfig? own)
    {
        if (own is null)
        {
            return config;
        }

        return new(
            [.. config.Servers.Concat(own.Nameservers.OrEmpty()).Distinct()],
            [.. config.Searches.Concat(own.Searches.OrEmpty()).Distinct()],
            HostResolver.Override(config.Options, own.Options.OrEmpty().Select(o => o.Value is { Length: > 0 } value ? $"{o.Name}:{value}" : o.Name ?? "")));
    }
}
