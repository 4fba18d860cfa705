using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.GarbageCollection;

/// <summary>What an object's finalizers say about its dependents.</summary>
internal static class Deletions
{
    public const string Foreground = "foregroundDeletion";
    public const string Orphan = "orphan";

    public static bool Has(this ObjectMeta meta, string finalizer) => meta.Finalizers?.Contains(finalizer) == true;

    /// <summary>Being deleted, and waiting for its dependents to go first.</summary>
    public static bool DeletesDependents(this ObjectMeta meta) => meta.DeletionTimestamp is not null && meta.Has(Foreground);

    public static bool OrphansDependents(this ObjectMeta meta) => meta.DeletionTimestamp is not null && meta.Has(Orphan);

    /// <summary>True when nothing differs that the collector looks at: owners, finalizers, and whether it is being deleted.</summary>
    public static bool MeansTheSameAs(this ObjectMeta a, ObjectMeta b) =>
        a.DeletionTimestamp is null == b.DeletionTimestamp is null
        && a.Finalizers.OrEmpty().SequenceEqual(b.Finalizers.OrEmpty())
        && Same(a.OwnerReferences.OrEmpty(), b.OwnerReferences.OrEmpty());

    private static bool Same(IReadOnlyList<OwnerReference> a, IReadOnlyList<OwnerReference> b) =>
        a.Count == b.Count && a.Zip(b).All(pair => pair.First.DeepEquals(pair.Second));
}
