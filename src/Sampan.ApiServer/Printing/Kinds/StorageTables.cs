using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Volumes, claims and how they are made.</summary>
internal static class StorageTables
{
    public static TableColumns PersistentVolumes { get; } = new TableColumns<PersistentVolume>
    {
        Name<PersistentVolume>(),
        Text<PersistentVolume>("Capacity", "The volume's size.", v => StorageText.Size(v.Spec.Capacity)),
        Text<PersistentVolume>("Access Modes", "How it can be mounted.", v => CellText.AccessModes(v.Spec.AccessModes)),
        Text<PersistentVolume>("Reclaim Policy", "What happens when its claim goes.", v => v.Spec.PersistentVolumeReclaimPolicy),
        Text<PersistentVolume>("Status", "The phase of the volume.", v => StorageText.Phase(v, v.Status.Phase)),
        Text<PersistentVolume>("Claim", "The claim that has it.", v => v.Spec.ClaimRef is { } claim ? $"{claim.Namespace}/{claim.Name}" : ""),
        Text<PersistentVolume>("StorageClass", "The class it was made by.", v => StorageText.ClassOf(v, v.Spec.StorageClassName)),
        Text<PersistentVolume>("VolumeAttributesClass", "The class of its changeable attributes.", v => v.Spec.VolumeAttributesClassName ?? CellText.Unset),
        Text<PersistentVolume>("Reason", "Why it is in its phase.", v => v.Status.Reason),
        Age<PersistentVolume>(),
        Text<PersistentVolume>("VolumeMode", "Filesystem or Block.", v => v.Spec.VolumeMode ?? CellText.Unset).Wide(),
    };

    public static TableColumns PersistentVolumeClaims { get; } = new TableColumns<PersistentVolumeClaim>
    {
        Name<PersistentVolumeClaim>(),
        Text<PersistentVolumeClaim>("Status", "The phase of the claim.", c => StorageText.Phase(c, c.Status.Phase)),
        Text<PersistentVolumeClaim>("Volume", "The volume it has.", c => c.Spec.VolumeName),
        Text<PersistentVolumeClaim>("Capacity", "The size of that volume.", c => IsBound(c) ? StorageText.Size(c.Status.Capacity) : ""),
        Text<PersistentVolumeClaim>("Access Modes", "How it can be mounted.", c => IsBound(c) ? CellText.AccessModes(c.Status.AccessModes) : ""),
        Text<PersistentVolumeClaim>("StorageClass", "The class that makes its volume.", c => StorageText.ClassOf(c, c.Spec.StorageClassName)),
        Text<PersistentVolumeClaim>("VolumeAttributesClass", "The class of its changeable attributes.", c => c.Spec.VolumeAttributesClassName ?? CellText.Unset),
        Age<PersistentVolumeClaim>(),
        Text<PersistentVolumeClaim>("VolumeMode", "Filesystem or Block.", c => c.Spec.VolumeMode ?? CellText.Unset).Wide(),
    };

    public static TableColumns StorageClasses { get; } = new TableColumns<StorageClass>
    {
        Make<StorageClass>("Name", "string", "The object's name.", (s, _) => StorageText.NameOf(s), format: "name"),
        Text<StorageClass>("Provisioner", "Who makes the volumes.", s => s.Provisioner),
        Text<StorageClass>("ReclaimPolicy", "What happens when a claim goes.", s => s.ReclaimPolicy ?? "Delete"),
        Text<StorageClass>("VolumeBindingMode", "When volumes are made.", s => s.VolumeBindingMode ?? "Immediate"),
        Make<StorageClass>("AllowVolumeExpansion", "string", "Whether volumes can grow.", (s, _) => s.AllowVolumeExpansion ?? false),
        Age<StorageClass>(),
    };

    public static TableColumns VolumeAttributesClasses { get; } = new TableColumns<VolumeAttributesClass>
    {
        Make<VolumeAttributesClass>("Name", "string", "The object's name.", (v, _) => StorageText.NameOf(v), format: "name"),
        Text<VolumeAttributesClass>("DriverName", "The driver that sets the attributes.", v => v.DriverName),
        Age<VolumeAttributesClass>(),
    };

    public static TableColumns VolumeAttachments { get; } = new TableColumns<VolumeAttachment>
    {
        Name<VolumeAttachment>(),
        Make<VolumeAttachment>("Attacher", "string", "The driver that attaches.", (v, _) => v.Spec.Attacher, format: "name"),
        Text<VolumeAttachment>("PV", "The volume.", v => v.Spec.Source.PersistentVolumeName),
        Text<VolumeAttachment>("Node", "The node.", v => v.Spec.NodeName),
        Flag<VolumeAttachment>("Attached", "Whether it is attached.", v => v.Status.Attached),
        Age<VolumeAttachment>(),
    };

    public static TableColumns CSINodes { get; } = new TableColumns<CSINode>
    {
        Name<CSINode>(),
        Number<CSINode>("Drivers", "How many drivers are registered.", n => n.Spec.Drivers.Count),
        Age<CSINode>(),
    };

    public static TableColumns CSIDrivers { get; } = new TableColumns<CSIDriver>
    {
        Name<CSIDriver>(),
        Flag<CSIDriver>("AttachRequired", "Whether volumes are attached before mounting.", d => d.Spec.AttachRequired ?? true),
        Flag<CSIDriver>("PodInfoOnMount", "Whether the driver is told of the pod.", d => d.Spec.PodInfoOnMount ?? false),
        Flag<CSIDriver>("StorageCapacity", "Whether the scheduler asks for capacity.", d => d.Spec.StorageCapacity ?? false),
        Text<CSIDriver>("TokenRequests", "Audiences of the tokens it gets.", StorageText.TokenRequests),
        Flag<CSIDriver>("RequiresRepublish", "Whether mounts are refreshed.", d => d.Spec.RequiresRepublish ?? false),
        Text<CSIDriver>("Modes", "Persistent, ephemeral or both.", d => CellText.OrNone(string.Join(',', d.Spec.VolumeLifecycleModes.OrEmpty()))),
        Age<CSIDriver>(),
    };

    public static TableColumns CSIStorageCapacities { get; } = new TableColumns<CSIStorageCapacity>
    {
        Name<CSIStorageCapacity>(),
        Text<CSIStorageCapacity>("StorageClassName", "The class it is about.", c => c.StorageClassName),
        Text<CSIStorageCapacity>("Capacity", "The room that is left.", c => c.Capacity?.ToString() ?? CellText.Unset),
    };

    private static bool IsBound(PersistentVolumeClaim claim) => !string.IsNullOrEmpty(claim.Spec.VolumeName);
}
