using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Network;

/// <summary>A pod's resolv.conf by its DNS policy.</summary>
internal sealed class PodDns(IReadOnlyList<string> clusterServers, string clusterDomain, string hostResolvConf)
{
    private const int MaxServers = 3;
    private const int MaxSearches = 32;

    public Cri.DNSConfig For(Pod pod)
    {
        var host = HostResolver.Read(hostResolvConf);
        var config = (pod.Spec.DnsPolicy ?? "ClusterFirst") switch
        {
            "None" => new HostResolver([], [], []),
            "ClusterFirst" when !pod.Spec.HostNetwork && clusterServers.Count > 0 => Cluster(pod, host),
            "ClusterFirstWithHostNet" when clusterServers.Count > 0 => Cluster(pod, host),
            _ => host,
        };
        return Limit(Merge(config, pod.Spec.DnsConfig));
    }

    private HostResolver Cluster(Pod pod, HostResolver host) =>
        new(
            clusterServers,
            [.. new[] { $"{pod.Metadata.Namespace}.svc.{clusterDomain}", $"svc.{clusterDomain}", clusterDomain }.Concat(host.Searches).Distinct()],
            ["ndots:5"]);

    private static HostResolver Merge(HostResolver config, PodDNSConfig? own)
    {
        if (own is null)
        {
            return config;
        }

        var ownOptions = own.Options.OrEmpty().Select(o => o.Value is { } value ? $"{o.Name}:{value}" : o.Name ?? "").ToList();
        var overridden = ownOptions.Select(OptionName).ToHashSet();
        return new(
            [.. config.Servers.Concat(own.Nameservers.OrEmpty()).Distinct()],
            [.. config.Searches.Concat(own.Searches.OrEmpty()).Distinct()],
            [.. config.Options.Where(o => !overridden.Contains(OptionName(o))), .. ownOptions]);
    }

    private static string OptionName(string option) => option.Split(':')[0];

    private static Cri.DNSConfig Limit(HostResolver config) => new()
    {
        Servers = { config.Servers.Take(MaxServers) },
        Searches = { config.Searches.Take(MaxSearches) },
        Options = { config.Options },
    };
}
