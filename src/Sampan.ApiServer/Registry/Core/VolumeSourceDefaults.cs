using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What sources of volumes have when their author does not say, in pods and in persistent volumes alike.</summary>
internal static class VolumeSourceDefaults
{
    private const string IscsiInterface = "default";
    private const string RbdPool = "rbd";
    private const string RbdUser = "admin";
    private const string RbdKeyring = "/etc/ceph/keyring";
    private const string ScaleIOMode = "ThinProvisioned";
    private const string ScaleIOFs = "xfs";

    public static void Apply(object? source)
    {
        switch (source)
        {
            case HostPathVolumeSource host:
                host.Type ??= "";
                break;
            case ISCSIVolumeSource iscsi:
                iscsi.IscsiInterface = Or(iscsi.IscsiInterface, IscsiInterface);
                break;
            case ISCSIPersistentVolumeSource iscsi:
                iscsi.IscsiInterface = Or(iscsi.IscsiInterface, IscsiInterface);
                break;
            case RBDVolumeSource rbd:
                (rbd.Pool, rbd.User, rbd.Keyring) = (Or(rbd.Pool, RbdPool), Or(rbd.User, RbdUser), Or(rbd.Keyring, RbdKeyring));
                break;
            case RBDPersistentVolumeSource rbd:
                (rbd.Pool, rbd.User, rbd.Keyring) = (Or(rbd.Pool, RbdPool), Or(rbd.User, RbdUser), Or(rbd.Keyring, RbdKeyring));
                break;
            case ScaleIOVolumeSource scale:
                (scale.StorageMode, scale.FsType) = (Or(scale.StorageMode, ScaleIOMode), Or(scale.FsType, ScaleIOFs));
                break;
            case ScaleIOPersistentVolumeSource scale:
                (scale.StorageMode, scale.FsType) = (Or(scale.StorageMode, ScaleIOMode), Or(scale.FsType, ScaleIOFs));
                break;
            case AzureDiskVolumeSource disk:
                disk.CachingMode ??= "ReadWrite";
                disk.Kind ??= "Shared";
                disk.FsType ??= "ext4";
                disk.ReadOnly ??= false;
                break;
        }
    }

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;
}
