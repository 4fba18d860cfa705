namespace Sampan.ApiServer.Discovery;

/// <summary>A group with its versions, the best first, and their resources by name.</summary>
internal sealed record ServedGroup(string Name, IReadOnlyList<ServedVersion> Versions)
{
    /// <summary>All groups of the resources in the order of discovery.</summary>
    public static IReadOnlyList<ServedGroup> Of(IEnumerable<ServedResource> resources) =>
        resources.GroupBy(r => r.Group)
            .OrderByDescending(g => GroupOrder.PriorityOf(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new ServedGroup(g.Key, VersionsOf(g)))
            .ToList();

    private static List<ServedVersion> VersionsOf(IEnumerable<ServedResource> group) =>
        group.GroupBy(r => r.Version)
            .OrderBy(v => v.Key, VersionOrder.Instance)
            .Select(v => new ServedVersion(v.Key, v.First().ApiVersion, v.OrderBy(r => r.Plural, StringComparer.Ordinal).ToList()))
            .ToList();
}
