using Sampan.Api;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// Every resource that a default cluster serves: all kinds of the model in a stable version, and those that somebody describes. Groups say what
/// is special about theirs; the others get the generic strategy.
/// </summary>
internal static class BuiltInResources
{
    public static IReadOnlyList<ResourceDescriptor> Build(IEnumerable<ResourceDescriptor> special)
    {
        var known = special.ToDictionary(resource => resource.Kind.GroupVersionResource);
        return
        [
            .. Kinds.All.Where(kind => IsServed(kind) || known.ContainsKey(kind.GroupVersionResource))
                .Select(kind => known.GetValueOrDefault(kind.GroupVersionResource) ?? new ResourceDescriptor(kind, GenericStrategy.Instance)),
        ];
    }

    private static bool IsServed(KindInfo kind) =>
        kind.Plural.Length > 0
        && !kind.Version.Contains("alpha", StringComparison.Ordinal)
        && !kind.Version.Contains("beta", StringComparison.Ordinal);
}
