namespace Sampan.Kubelet.Network;

/// <summary>What resolvers can take at most; the rest is left out, and the pod is told.</summary>
internal static class DnsLimits
{
    private const int MaxServers = 3;
    private const int MaxSearches = 32;
    private const int ClusterDomains = 3;
    private const int MaxSearchLine = 2048;

    /// <summary>Some resolvers end their process over a longer name.</summary>
    private const int MaxName = 253;

    public static HostResolver Apply(HostResolver config) => config with { Servers = [.. config.Servers.Take(MaxServers)], Searches = Searches(config.Searches) };

    public static IEnumerable<string> Remarks(HostResolver config)
    {
        var applied = Apply(config);
        if (applied.Servers.Count < config.Servers.Count)
        {
            yield return $"Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: {string.Join(' ', applied.Servers)}";
        }

        if (applied.Searches.Count < config.Searches.Count)
        {
            yield return $"Search Line limits were exceeded, some search paths have been omitted, the applied search line is: {string.Join(' ', applied.Searches)}";
        }
    }

    /// <summary>What of a host's own file does not fit, for whoever runs the node; null where all does.</summary>
    /// <param name="path">A resolv.conf.</param>
    /// <param name="hasClusterDomain">Pods get the cluster's domains besides.</param>
    public static string? HostRemark(string path, bool hasClusterDomain)
    {
        if (!File.Exists(path))
        {
            return $"open {path}: no such file or directory";
        }

        var (searches, most) = (HostResolver.Read(path).Searches, hasClusterDomain ? MaxSearches - ClusterDomains : MaxSearches);
        return searches.Count > most ? $"Resolv.conf file '{path}' contains search line consisting of more than {most} domains!"
            : searches.Any(search => search.Length > MaxName) ? $"Resolv.conf file \"{path}\" contains a search path which length is more than allowed {MaxName} chars!"
            : string.Join(' ', searches).Length > MaxSearchLine ? $"Resolv.conf file '{path}' contains search line which length is more than allowed {MaxSearchLine} chars!"
            : null;
    }

    private static List<string> Searches(IReadOnlyList<string> all)
    {
        var searches = all.Take(MaxSearches).Where(search => search.Length <= MaxName).ToList();
        while (searches.Sum(search => search.Length + 1) - 1 > MaxSearchLine)
        {
            searches.RemoveAt(searches.Count - 1);
        }

        return searches;
    }
}
