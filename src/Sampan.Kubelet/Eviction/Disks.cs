using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>
/// Which disk what pods write lies on. Where images have a disk of their own, so have containers' writable layers; logs and volumes
/// are the node's.
/// </summary>
/// <param name="AreApart">Images have a disk of their own.</param>
internal readonly record struct Disks(bool AreApart)
{
    public static Disks Of(NodeStats node) => new(node is { FileSystem: { } nodeFs, ImageFileSystem: { } imageFs } && nodeFs.Of.Id != imageFs.Of.Id);

    /// <summary>Whether unused containers and images are in the way.</summary>
    public bool CanReclaim(string signal) => Signal.ConditionOf(signal) == "DiskPressure" && (!AreApart || IsOfImages(signal));

    /// <summary>What a pod has written to the disk that is short.</summary>
    /// <param name="signal">What is short.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="measure">Bytes, or inodes.</param>
    public long Used(string signal, PodStats pod, Func<FileSystemStats, long?> measure)
    {
        var all = pod.EphemeralStorage is { } storage ? measure(storage) ?? 0 : 0;
        var layers = pod.Containers.Sum(c => c.RootFs is { } layer ? measure(layer) ?? 0 : 0);
        return !AreApart ? all : IsOfImages(signal) ? layers : all - layers;
    }

    /// <summary>What counts against a container's own limit of disk.</summary>
    public long Used(ContainerStats container) => (AreApart ? 0 : container.RootFs?.Used ?? 0) + (container.Logs?.Used ?? 0);

    private static bool IsOfImages(string signal) => signal is Signal.ImageFsAvailable or Signal.ImageFsInodesFree;
}
