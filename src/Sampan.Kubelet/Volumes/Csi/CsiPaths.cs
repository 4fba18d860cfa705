using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// Where CSI volumes lie, in upstream's layout, which drivers know:
/// <code>
/// root/plugins/kubernetes.io/csi/DRIVER/HASH/globalmount               staged file system
///                                           /vol_data.json
///     /plugins/kubernetes.io/csi/volumeDevices/staging/SPEC             staged device
///                                             /publish/SPEC/POD         the device for a pod
///                                             /SPEC/data/vol_data.json
///     /pods/POD/volumes/kubernetes.io~csi/SPEC/mount                    published file system
///                                             /vol_data.json
///     /pods/POD/volumeDevices/kubernetes.io~csi/SPEC                    link to the pod's device
/// </code>
/// </summary>
internal sealed class CsiPaths(string root, PodPaths pods)
{
    public const string Plugin = "kubernetes.io/csi";
    public const string DataFile = "vol_data.json";
    public const string Devices = "volumeDevices";
    public const string GlobalMount = "globalmount";

    public string Root { get; } = Path.Combine(root, "plugins", Plugin);

    public PodPaths Pods => pods;

    public string Staged(string driver, string handle) => Path.Combine(Root, driver, CsiVolume.Hash(handle));

    public string StagedMount(string driver, string handle) => Path.Combine(Staged(driver, handle), GlobalMount);

    public string StagedDevice(string spec) => Path.Combine(Root, Devices, "staging", spec);

    public string PublishedDevices(string spec) => Path.Combine(Root, Devices, "publish", spec);

    public string PublishedDevice(string spec, string uid) => Path.Combine(PublishedDevices(spec), uid);

    public string DeviceData(string spec) => Path.Combine(Root, Devices, spec, "data");

    /// <summary>Where it is written down what is staged.</summary>
    public string StagedData(CsiVolume volume) => volume.IsBlock ? DeviceData(volume.SpecName) : Staged(volume.Driver, volume.Handle);

    public string PodVolumes(string uid) => pods.Volume(uid, Plugin, "");

    public string PodVolume(string uid, string spec) => pods.Volume(uid, Plugin, spec);

    public string PodMount(string uid, string spec) => Path.Combine(PodVolume(uid, spec), "mount");

    public string PodDevices(string uid) => Path.Combine(pods.Pod(uid), Devices, Plugin.Replace('/', '~'));

    public string PodDevice(string uid, string spec) => Path.Combine(PodDevices(uid), spec);

    public string StagingPathOf(CsiVolume volume) => volume.IsBlock ? StagedDevice(volume.SpecName) : StagedMount(volume.Driver, volume.Handle);

    public string PublishPathOf(CsiVolume volume, string uid) => volume.IsBlock ? PublishedDevice(volume.SpecName, uid) : PodMount(uid, volume.SpecName);
}
