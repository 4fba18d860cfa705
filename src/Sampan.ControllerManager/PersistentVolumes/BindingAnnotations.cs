using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>What the binder, the scheduler and external provisioners tell each other on claims and volumes.</summary>
internal static class BindingAnnotations
{
    /// <summary>On a claim: both directions of the binding were written.</summary>
    public const string BindCompleted = "pv.kubernetes.io/bind-completed";

    /// <summary>The binder, not a user, chose the partner: it may also take it back.</summary>
    public const string BoundByController = "pv.kubernetes.io/bound-by-controller";

    /// <summary>On a volume: who made it.</summary>
    public const string ProvisionedBy = "pv.kubernetes.io/provisioned-by";

    /// <summary>On a claim: the node that the scheduler chose for its first pod.</summary>
    public const string SelectedNode = "volume.kubernetes.io/selected-node";

    /// <summary>On a claim: who is to make its volume.</summary>
    public const string StorageProvisioner = "volume.kubernetes.io/storage-provisioner";
    public const string OldStorageProvisioner = "volume.beta.kubernetes.io/storage-provisioner";

    /// <summary>On a volume: how large it was before it grew, as long as its file system has not.</summary>
    public const string PreResizeCapacity = "volume.alpha.kubernetes.io/pre-resize-capacity";
    private const string OldClass = "volume.beta.kubernetes.io/storage-class";

    public static bool Has(this ObjectMeta meta, string annotation) => meta.Annotations?.ContainsKey(annotation) == true;

    public static string ClassOf(PersistentVolumeClaim claim) =>
        claim.Metadata.Annotations?.GetValueOrDefault(OldClass) ?? claim.Spec.StorageClassName ?? "";

    /// <summary>True when the claim says which class it is of, be it none at all ("").</summary>
    public static bool StatesClass(PersistentVolumeClaim claim) => claim.Spec.StorageClassName is not null || claim.Metadata.Has(OldClass);

    public static string ClassOf(PersistentVolume volume) =>
        volume.Metadata.Annotations?.GetValueOrDefault(OldClass) ?? volume.Spec.StorageClassName ?? "";
}
