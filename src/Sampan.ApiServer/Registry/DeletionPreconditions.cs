using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>What a client demands of the object that it deletes. Upstream: apiserver/pkg/registry/rest/delete.go.</summary>
internal static class DeletionPreconditions
{
    /// <exception cref="StatusException">The object is another one, or another version, than the client thinks.</exception>
    public static void Check(KindInfo kind, Preconditions? wanted, ObjectMeta meta)
    {
        if (wanted?.Uid is { } uid && uid != meta.Uid)
        {
            throw Conflict(
                kind, meta,
                $"the UID in the precondition ({uid}) does not match the UID in record ({meta.Uid}). The object might have been deleted and then recreated");
        }
        if (wanted?.ResourceVersion is { } version && version != meta.ResourceVersion)
        {
            throw Conflict(
                kind, meta,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({meta.ResourceVersion}). The object might have been modified");
        }
    }

    /// <summary>Such a conflict names the kind where others name the resource.</summary>
    private static StatusException Conflict(KindInfo kind, ObjectMeta meta, string reason) =>
        StatusException.Conflict(new GroupResource(kind.Group, kind.Kind), meta.Name, reason);
}
