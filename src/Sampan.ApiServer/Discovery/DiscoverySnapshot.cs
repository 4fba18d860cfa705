using System.Collections.Frozen;

namespace Sampan.ApiServer.Discovery;

/// <summary>All documents of discovery for one set of resources, by path. It never changes; another set makes another snapshot.</summary>
internal sealed class DiscoverySnapshot
{
    private readonly FrozenDictionary<string, DiscoveryDocument> _plain;
    private readonly FrozenDictionary<(string Path, string Version), DiscoveryDocument> _aggregated;

    public DiscoverySnapshot(IEnumerable<ServedResource> resources, string serverAddress)
    {
        var groups = ServedGroup.Of(resources);
        _plain = Plain(groups, serverAddress).ToFrozenDictionary();
        _aggregated = Aggregated(groups).ToFrozenDictionary();
    }

    /// <summary>The paths that have a document.</summary>
    public IEnumerable<string> Paths => _plain.Keys;

    /// <summary>The document at a path such as <c>/apis/apps/v1</c>.</summary>
    public DiscoveryDocument? Find(string path) => _plain.GetValueOrDefault(path);

    /// <summary>All groups below <c>/api</c> or <c>/apis</c>, in v2 or v2beta1.</summary>
    public DiscoveryDocument? FindAggregated(string path, string version) => _aggregated.GetValueOrDefault((path, version));

    private static Dictionary<string, DiscoveryDocument> Plain(IReadOnlyList<ServedGroup> groups, string serverAddress)
    {
        var documents = new Dictionary<string, DiscoveryDocument>
        {
            ["/api"] = DiscoveryDocument.Of(PlainDiscovery.CoreVersions(groups, serverAddress)),
            ["/apis"] = DiscoveryDocument.Of(PlainDiscovery.Groups(groups)),
        };
        foreach (var group in groups)
        {
            var path = group.Name.Length == 0 ? "/api" : $"/apis/{group.Name}";
            if (group.Name.Length > 0)
                documents[path] = DiscoveryDocument.Of(PlainDiscovery.Group(group));
            foreach (var version in group.Versions)
                documents[$"{path}/{version.Version}"] = DiscoveryDocument.Of(PlainDiscovery.Resources(version));
        }

        return documents;
    }

    private static Dictionary<(string, string), DiscoveryDocument> Aggregated(IReadOnlyList<ServedGroup> groups)
    {
        var core = AggregatedDiscovery.Items(groups.Where(g => g.Name.Length == 0));
        var named = AggregatedDiscovery.Items(groups.Where(g => g.Name.Length > 0));
        var documents = new Dictionary<(string, string), DiscoveryDocument>();
        foreach (var version in new[] { "v2", "v2beta1" })
        {
            documents[("/api", version)] = DiscoveryDocument.OfGroups(core, version);
            documents[("/apis", version)] = DiscoveryDocument.OfGroups(named, version);
        }

        return documents;
    }
}
