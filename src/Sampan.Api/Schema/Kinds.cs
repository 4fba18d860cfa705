using System.Collections.Frozen;

namespace Sampan.Api;

/// <summary>The built-in kinds.</summary>
public static partial class Kinds
{
    /// <summary>Everything with apiVersion and kind, also options, reviews and Status.</summary>
    public static IReadOnlyList<KindInfo> Typed { get; } = CreateAll();

    /// <summary>The kinds that are objects with metadata.</summary>
    public static IReadOnlyList<KindInfo> All { get; } = [.. Typed.Where(k => k.Type.IsAssignableTo(typeof(IObject)))];

    private static FrozenDictionary<GroupVersionKind, KindInfo> ByKind { get; } = Typed.ToFrozenDictionary(k => k.GroupVersionKind);

    private static FrozenDictionary<GroupVersionResource, KindInfo> ByResource { get; } =
        All.Where(k => k.Plural.Length > 0).ToFrozenDictionary(k => k.GroupVersionResource);

    public static KindInfo? Find(GroupVersionKind kind) => ByKind.GetValueOrDefault(kind);

    public static KindInfo? Find(GroupVersionResource resource) => ByResource.GetValueOrDefault(resource);

    /// <summary>By the apiVersion and kind of a document.</summary>
    public static KindInfo? Find(string apiVersion, string kind) => Find(GroupVersionKind.FromApiVersion(apiVersion, kind));
}
