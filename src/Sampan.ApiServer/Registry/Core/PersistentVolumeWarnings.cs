using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What is old in persistent volumes and in claims on them. Upstream: pkg/api/persistentvolume, persistentvolumeclaim.</summary>
internal static class PersistentVolumeWarnings
{
    private const string StorageClass = "volume.beta.kubernetes.io/storage-class";
    private const string UseClassName = "deprecated since v1.8; use \"storageClassName\" attribute instead";

    private static readonly (string Key, string Use)[] OldAnnotations =
    [
        (StorageClass, UseClassName),
        ("volume.beta.kubernetes.io/mount-options", "deprecated since v1.31; use \"mountOptions\" attribute instead"),
    ];

    private static FieldPath Annotations => FieldPath.Of("metadata", "annotations");

    public static IEnumerable<string> Of(PersistentVolume volume)
    {
        var path = FieldPath.Of("spec");
        var terms = (volume.Spec.NodeAffinity?.Required?.NodeSelectorTerms).OrEmpty();
        return
        [
            .. from old in OldAnnotations
               where volume.Metadata.Annotations.OrEmpty().ContainsKey(old.Key)
               select $"{Annotations.Key(old.Key)}: {old.Use}",
            .. Recycled(volume.Spec, path),
            .. terms.Index().SelectMany(one => NodeLabelWarnings.OfTerm(
                one.Item, path.Child("nodeAffinity", "required", "nodeSelectorTerms").Index(one.Index), checkValues: false)),
            .. VolumeWarnings.OfSource(PersistentVolumeSources.NameOf(volume.Spec), path),
        ];
    }

    public static IEnumerable<string> Of(PersistentVolumeClaim claim) =>
    [
        .. claim.Metadata.Annotations.OrEmpty().ContainsKey(StorageClass)
            ? [$"{Annotations.Key(StorageClass)}: {UseClassName}"] : Array.Empty<string>(),
        .. FractionalWarnings.OfClaim(claim.Spec, FieldPath.Of("spec")),
    ];

    private static IEnumerable<string> Recycled(PersistentVolumeSpec spec, FieldPath path) =>
        spec.PersistentVolumeReclaimPolicy == "Recycle"
            ? [$"{path.Child("persistentVolumeReclaimPolicy")}: The Recycle reclaim policy is deprecated. "
                + "Instead, the recommended approach is to use dynamic provisioning."]
            : [];
}
