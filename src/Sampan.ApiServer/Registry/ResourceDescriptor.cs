using Sampan.Api;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Registry;

/// <summary>
/// All that the generic registry needs to serve one resource of one version: routes, discovery, storage and rules follow from it.
/// </summary>
internal sealed record ResourceDescriptor(KindInfo Kind, Strategy Strategy)
{
    /// <summary>The subresources by name: "status", "scale", "binding".</summary>
    public IReadOnlyDictionary<string, Subresource> Subresources { get; init; } = new Dictionary<string, Subresource>();

    /// <summary>How this version and the stored one become each other; null when this version is the stored one.</summary>
    public VersionConversion? Conversion { get; init; }

    /// <summary>The versions that share what is stored; null when there is only this one.</summary>
    public ObjectVersions? Versions { get; init; }

    /// <summary>The version that is stored. Versions of one resource share it.</summary>
    public KindInfo StorageKind => Conversion?.StorageKind ?? Kind;

    /// <summary>Nothing is stored: the resource is a question (TokenReview, SubjectAccessReview) that POST answers.</summary>
    public ActionSubresource? Review { get; init; }

    /// <summary>Nothing is stored: the objects are found out when they are asked for (ComponentStatus).</summary>
    public Func<CancellationToken, ValueTask<IReadOnlyList<IObject>>>? Computed { get; init; }

    public string KeyPrefix => KeyPrefixOf(StorageKind);

    /// <summary>The object in this version, which shares the stored version's cache.</summary>
    public CachedObject Serve(CachedObject stored) =>
        Conversion is null ? stored : stored.Form(Kind, Conversion.FromStorage);

    /// <summary>/registry/pods/ or /registry/apps/deployments/.</summary>
    public static string KeyPrefixOf(KindInfo kind) =>
        kind.Group.Length == 0 ? $"/registry/{kind.Plural}/" : $"/registry/{kind.Group}/{kind.Plural}/";
}
