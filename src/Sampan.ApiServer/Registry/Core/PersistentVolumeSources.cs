using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Where a persistent volume keeps its data: exactly one of many sources.</summary>
internal static class PersistentVolumeSources
{
    /// <param name="volume">The name of the volume; empty for one within an attachment.</param>
    public static void Validate(PersistentVolumeSpec spec, string volume, FieldPath path, FieldErrors errors)
    {
        var given = Of(spec).Where(source => source.Value is not null).ToList();
        if (given.Count == 0)
        {
            errors.Required(path, "must specify a volume type");
            return;
        }
        Check(volume, given[0].Name, given[0].Value!, path, errors);
        foreach (var (extra, _) in given.Skip(1))
        {
            errors.Forbidden(path.Child(extra == "cephfs" ? "cephFS" : extra), "may not specify more than 1 volume type");
        }
        if (given[0].Name == "local" && spec.NodeAffinity is null)
        {
            errors.Required(path.Child("nodeAffinity"), "Local volume requires node affinity");
        }
    }

    private static void Check(string volume, string name, object source, FieldPath path, FieldErrors errors)
    {
        if (source is CSIPersistentVolumeSource csi)
        {
            Csi(csi, path.Child(name), errors);
            return;
        }
        VolumeSourceValidation.Validate(source, name, path, errors);
        if (source is ISCSIPersistentVolumeSource { InitiatorName: not null } iscsi
            && $"{volume}:{iscsi.TargetPortal}".Length > VolumeSourceValidation.MaxInitiator)
        {
            errors.Invalid(path.Child(name).Child("targetportal"), iscsi.TargetPortal, VolumeSourceValidation.InitiatorTooLong);
        }
    }

    /// <summary>The field of the source; empty when there is none.</summary>
    public static string NameOf(PersistentVolumeSpec spec) => Of(spec).FirstOrDefault(source => source.Value is not null).Name ?? "";

    /// <summary>A copy with nothing but the source.</summary>
    public static PersistentVolumeSpec Only(PersistentVolumeSpec spec)
    {
        var only = spec.DeepClone();
        (only.Capacity, only.AccessModes, only.ClaimRef, only.MountOptions, only.NodeAffinity) = (null, null, null, null, null);
        (only.PersistentVolumeReclaimPolicy, only.StorageClassName, only.VolumeMode, only.VolumeAttributesClassName) = (null, null, null, null);
        return only;
    }

    /// <summary>The source as upstream shows it in errors: one of many fields is not null.</summary>
    public static JsonObject Shown(PersistentVolumeSpec spec)
    {
        var shown = GoJson.Tree(Only(spec));
        string[] others =
        [
            "Capacity", "AccessModes", "ClaimRef", "PersistentVolumeReclaimPolicy", "StorageClassName", "MountOptions", "VolumeMode", "NodeAffinity",
            "VolumeAttributesClassName",
        ];
        foreach (var other in others)
        {
            shown.Remove(other);
        }
        return shown;
    }

    public static IEnumerable<(string Name, object? Value)> Of(PersistentVolumeSpec spec) =>
    [
        ("hostPath", spec.HostPath), ("gcePersistentDisk", spec.GcePersistentDisk), ("awsElasticBlockStore", spec.AwsElasticBlockStore),
        ("glusterfs", spec.Glusterfs), ("flocker", spec.Flocker), ("nfs", spec.Nfs), ("rbd", spec.Rbd), ("quobyte", spec.Quobyte),
        ("cephfs", spec.Cephfs), ("iscsi", spec.Iscsi), ("cinder", spec.Cinder), ("fc", spec.Fc), ("flexVolume", spec.FlexVolume),
        ("azureFile", spec.AzureFile), ("vsphereVolume", spec.VsphereVolume), ("photonPersistentDisk", spec.PhotonPersistentDisk),
        ("portworxVolume", spec.PortworxVolume), ("azureDisk", spec.AzureDisk), ("scaleIO", spec.ScaleIO), ("local", spec.Local),
        ("storageos", spec.Storageos), ("csi", spec.Csi),
    ];

    private static void Csi(CSIPersistentVolumeSource csi, FieldPath path, FieldErrors errors)
    {
        Validation.FieldChecks.DriverName(path.Child("driver"), csi.Driver, errors);
        VolumeSourceValidation.Require(csi.VolumeHandle, path.Child("volumeHandle"), errors);
        SecretOf(csi.ControllerPublishSecretRef, "controllerPublishSecretRef");
        SecretOf(csi.ControllerExpandSecretRef, "controllerExpandSecretRef");
        SecretOf(csi.NodePublishSecretRef, "nodePublishSecretRef");
        SecretOf(csi.NodeExpandSecretRef, "nodeExpandSecretRef");

        void SecretOf(SecretReference? secret, string field)
        {
            if (secret is null)
            {
                return;
            }
            var at = path.Child(field);
            if (VolumeSourceValidation.Require(secret.Name, at.Child("name"), errors))
            {
                errors.Invalid(at.Child("name"), secret.Name, Names.IsDns1123Subdomain(secret.Name!));
            }
            if (VolumeSourceValidation.Require(secret.Namespace, at.Child("namespace"), errors))
            {
                errors.Invalid(at.Child("namespace"), secret.Namespace, Names.IsDns1123Label(secret.Namespace!));
            }
        }
    }
}
