namespace Sampan.Kubelet.Network;

/// <summary>What resolvers can take at most; the rest is left out, and the pod is told.</summary>
internal static class DnsLimits
{
    private const int MaxServers = 3;
    private const int MaxSearches = 32;
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
