using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Discovery;

/// <summary>Discovery one document at a time: the groups, a group, the resources of a version.</summary>
internal static class PlainDiscovery
{
    public static APIVersions CoreVersions(IEnumerable<ServedGroup> groups, string serverAddress) => new()
    {
        Versions = groups.Where(g => g.Name.Length == 0).SelectMany(g => g.Versions).Select(v => v.Version).ToList(),
        ServerAddressByClientCIDRs = [new ServerAddressByClientCIDR { ClientCIDR = "0.0.0.0/0", ServerAddress = serverAddress }],
    };

    public static APIGroupList Groups(IEnumerable<ServedGroup> groups) =>
        new() { Groups = groups.Where(g => g.Name.Length > 0).Select(Group).ToList() };

    public static APIGroup Group(ServedGroup group) => new()
    {
        Name = group.Name,
        Versions = group.Versions.Select(Version).ToList(),
        PreferredVersion = Version(group.Versions[0]),
    };

    public static APIResourceList Resources(ServedVersion version) =>
        new() { GroupVersion = version.ApiVersion, Resources = version.Resources.SelectMany(Entries).ToList() };

    private static GroupVersionForDiscovery Version(ServedVersion version) =>
        new() { GroupVersion = version.ApiVersion, Version = version.Version };

    private static IEnumerable<APIResource> Entries(ServedResource resource)
    {
        yield return new APIResource
        {
            Name = resource.Plural,
            SingularName = resource.Singular,
            Namespaced = resource.Namespaced,
            Kind = resource.Kind,
            Verbs = [.. resource.Verbs],
            ShortNames = ListOrNull(resource.ShortNames),
            Categories = ListOrNull(resource.Categories),
            StorageVersionHash = resource.StorageVersionHash,
        };
        foreach (var subresource in resource.Subresources.OrderBy(s => s.Name, StringComparer.Ordinal))
            yield return Entry(resource, subresource);
    }

    /// <summary>A subresource names the group and version of its body when they are not the resource's.</summary>
    private static APIResource Entry(ServedResource resource, SubresourceInfo subresource)
    {
        var isForeign = (subresource.Body.Group, subresource.Body.Version) != (resource.Group, resource.Version);
        return new APIResource
        {
            Name = $"{resource.Plural}/{subresource.Name}",
            Namespaced = resource.Namespaced,
            Group = isForeign ? subresource.Body.Group : null,
            Version = isForeign ? subresource.Body.Version : null,
            Kind = subresource.Body.Kind,
            Verbs = [.. subresource.Verbs],
        };
    }

    private static List<string>? ListOrNull(IReadOnlyList<string> values) => values.Count == 0 ? null : [.. values];
}
