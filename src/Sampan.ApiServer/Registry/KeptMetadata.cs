using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Registry;

/// <summary>What writers of a part of an object leave of its metadata. Who manages which fields is theirs to change.</summary>
internal static class KeptMetadata
{
    /// <summary>Undoes changes of the metadata; <paramref name="old"/> is shared: read only.</summary>
    public static void Restore(ObjectMeta meta, ObjectMeta old)
    {
        (meta.Labels, meta.Annotations) = (old.Labels, old.Annotations);
        (meta.Finalizers, meta.OwnerReferences) = (old.Finalizers, old.OwnerReferences);
        (meta.DeletionTimestamp, meta.Generation) = (old.DeletionTimestamp, old.Generation);
    }
}
