using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of volumes that one maker's storage provides; most only need some of their fields.</summary>
internal static class VendorVolumeValidation
{
    private const int MaxTenant = 64;
    private const string HostAndPort = "must be a host:port pair or multiple pairs separated by commas";

    private static readonly string[] CachingModes = ["None", "ReadOnly", "ReadWrite"];
    private static readonly string[] DiskKinds = ["Dedicated", "Managed", "Shared"];

    /// <param name="volume">The volume that the source is part of.</param>
    public static void Validate(object source, FieldPath path, FieldPath volume, FieldErrors errors)
    {
        switch (source)
        {
            case GCEPersistentDiskVolumeSource disk:
                Require(volume.Child("persistentDisk"), errors, ("pdName", disk.PdName));
                Partition(disk.Partition, volume.Child("persistentDisk"), errors);
                break;
            case AWSElasticBlockStoreVolumeSource disk:
                Require(path, errors, ("volumeID", disk.VolumeID));
                Partition(disk.Partition, path, errors);
                break;
            case FlockerVolumeSource flocker:
                Flocker(flocker, path, errors);
                break;
            case QuobyteVolumeSource quobyte:
                Quobyte(quobyte, path, errors);
                break;
            case AzureDiskVolumeSource disk:
                AzureDisk(disk, path, errors);
                break;
            case GlusterfsPersistentVolumeSource { EndpointsNamespace: { } space } gluster:
                Require(path, errors, ("endpoints", gluster.Endpoints), ("path", gluster.Path));
                errors.Invalid(
                    path.Child("endpointsNamespace"), space,
                    space.Length == 0 ? ["if the endpointnamespace is set, it must be a valid namespace name"] : Names.IsDns1123Label(space));
                break;
            case RBDVolumeSource { Monitors.Count: 0 } or RBDPersistentVolumeSource { Monitors.Count: 0 }
                or CephFSVolumeSource { Monitors.Count: 0 } or CephFSPersistentVolumeSource { Monitors.Count: 0 }:
                errors.Required(path.Child("monitors"));
                Require(path, errors, FieldsOf(source));
                break;
            default:
                Require(path, errors, FieldsOf(source));
                StorageOsNames(source, path, errors);
                break;
        }
    }

    /// <summary>The fields that must not be empty.</summary>
    private static (string Field, string? Value)[] FieldsOf(object source) => source switch
    {
        GlusterfsVolumeSource one => [("endpoints", one.Endpoints), ("path", one.Path)],
        GlusterfsPersistentVolumeSource one => [("endpoints", one.Endpoints), ("path", one.Path)],
        RBDVolumeSource one => [("image", one.Image)],
        RBDPersistentVolumeSource one => [("image", one.Image)],
        CinderVolumeSource one => [("volumeID", one.VolumeID), .. NameOf(one.SecretRef)],
        CinderPersistentVolumeSource one =>
            [("volumeID", one.VolumeID), .. NameOf(one.SecretRef is not null, one.SecretRef?.Name, one.SecretRef?.Namespace)],
        AzureFileVolumeSource one => [("secretName", one.SecretName), ("shareName", one.ShareName)],
        AzureFilePersistentVolumeSource one =>
            [("secretName", one.SecretName), ("shareName", one.ShareName), ("secretNamespace", one.SecretNamespace ?? "default")],
        VsphereVirtualDiskVolumeSource one => [("volumePath", one.VolumePath)],
        PhotonPersistentDiskVolumeSource one => [("pdID", one.PdID)],
        PortworxVolumeSource one => [("volumeID", one.VolumeID)],
        ScaleIOVolumeSource one => [("gateway", one.Gateway), ("system", one.System), ("volumeName", one.VolumeName)],
        ScaleIOPersistentVolumeSource one => [("gateway", one.Gateway), ("system", one.System), ("volumeName", one.VolumeName)],
        StorageOSVolumeSource one => [("volumeName", one.VolumeName), .. NameOf(one.SecretRef)],
        StorageOSPersistentVolumeSource one =>
            [("volumeName", one.VolumeName), .. NameOf(one.SecretRef is not null, one.SecretRef?.Name, one.SecretRef?.Namespace)],
        _ => [],
    };

    private static (string Field, string? Value)[] NameOf(LocalObjectReference? secret) =>
        secret is null ? [] : [("secretRef.name", secret.Name)];

    private static (string Field, string? Value)[] NameOf(bool isGiven, string? name, string? space) =>
        isGiven ? [("secretRef.name", name), ("secretRef.namespace", space)] : [];

    private static void StorageOsNames(object source, FieldPath path, FieldErrors errors)
    {
        var (name, space) = source switch
        {
            StorageOSVolumeSource one => (one.VolumeName, one.VolumeNamespace),
            StorageOSPersistentVolumeSource one => (one.VolumeName, one.VolumeNamespace),
            _ => (null, null),
        };
        foreach (var (field, value) in new[] { ("volumeName", name), ("volumeNamespace", space) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                errors.Invalid(path.Child(field), value, Names.IsDns1123Label(value));
            }
        }
    }

    private static void Require(FieldPath path, FieldErrors errors, params (string Field, string? Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            VolumeSourceValidation.Require(value, path.Child(field), errors);
        }
    }

    private static void Partition(int partition, FieldPath path, FieldErrors errors)
    {
        if (partition is < 0 or > 255)
        {
            errors.Invalid(path.Child("partition"), partition, "must be between 1 and 255, inclusive");
        }
    }

    private static void Flocker(FlockerVolumeSource flocker, FieldPath path, FieldErrors errors)
    {
        var (hasName, hasId) = (!string.IsNullOrEmpty(flocker.DatasetName), !string.IsNullOrEmpty(flocker.DatasetUUID));
        if (!hasName && !hasId)
        {
            errors.Required(path, "one of datasetName and datasetUUID is required");
        }
        if (hasName && hasId)
        {
            errors.Invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (hasName && flocker.DatasetName!.Contains('/', StringComparison.Ordinal))
        {
            errors.Invalid(path.Child("datasetName"), flocker.DatasetName, "must not contain '/'");
        }
    }

    private static void Quobyte(QuobyteVolumeSource quobyte, FieldPath path, FieldErrors errors)
    {
        if (quobyte.Registry.Length == 0)
        {
            errors.Required(path.Child("registry"), HostAndPort);
        }
        else if (quobyte.Tenant?.Length > MaxTenant)
        {
            errors.Required(path.Child("tenant"), "must be a UUID and may not exceed a length of 64 characters");
        }
        else
        {
            foreach (var pair in quobyte.Registry.Split(',').Where(pair => !IsHostAndPort(pair)))
            {
                errors.Invalid(path.Child("registry"), quobyte.Registry, HostAndPort);
            }
        }
        VolumeSourceValidation.Require(quobyte.Volume, path.Child("volume"), errors);
    }

    private static bool IsHostAndPort(string pair)
    {
        var colon = pair.LastIndexOf(':');
        var host = colon < 0 ? "" : pair[..colon];
        return colon >= 0 && (host.StartsWith('[') ? host.EndsWith(']') : !host.Contains(':', StringComparison.Ordinal));
    }

    private static void AzureDisk(AzureDiskVolumeSource disk, FieldPath path, FieldErrors errors)
    {
        Require(path, errors, ("diskName", disk.DiskName), ("diskURI", disk.DiskURI));
        Validation.FieldChecks.OneOf(path.Child("cachingMode"), disk.CachingMode, errors, CachingModes);
        Validation.FieldChecks.OneOf(path.Child("kind"), disk.Kind, errors, DiskKinds);
        if (disk.Kind == "Managed" && !disk.DiskURI.StartsWith("/subscriptions/", StringComparison.Ordinal))
        {
            errors.NotSupported(
                path.Child("diskURI"), disk.DiskURI,
                "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}");
        }
        if (disk.Kind is not (null or "Managed") && !disk.DiskURI.StartsWith("https://", StringComparison.Ordinal))
        {
            errors.NotSupported(
                path.Child("diskURI"), disk.DiskURI, "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
        }
    }
}
