using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.Common;

/// <summary>Who owns and who manages an object.</summary>
internal static class OwnerReferences
{
    /// <summary>The managing owner: at most one reference says controller.</summary>
    public static OwnerReference? Controller(this ObjectMeta meta) => meta.OwnerReferences?.Find(o => o.Controller == true);

    public static bool IsControlledBy(this ObjectMeta meta, IObject owner) => meta.Controller()?.Uid == owner.Metadata.Uid;

    public static OwnerReference ControllerRef(IObject owner) => new()
    {
        ApiVersion = owner.ApiVersion,
        Kind = owner.Kind,
        Name = owner.Metadata.Name,
        Uid = owner.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>The key of the managing owner, when it is of this kind.</summary>
    public static IEnumerable<ObjectKey> ControllerKey(this ObjectMeta meta, string kind, string group) =>
        meta.Controller() is { } owner && owner.Kind == kind && GroupOf(owner.ApiVersion) == group
            ? [new ObjectKey(meta.Namespace ?? "", owner.Name)]
            : [];

    public static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }
}
