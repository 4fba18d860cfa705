namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// Which CSI volumes pods of this node hold and which are staged, read from the files beside them: a kubelet that was started
/// just now knows as much as the one before it.
/// </summary>
internal sealed class CsiHoldings(CsiPaths paths)
{
    /// <summary>A volume that a pod holds.</summary>
    internal sealed record Held(string Uid, string SpecName, CsiVolumeData Data, bool IsBlock);

    /// <summary>A volume that is staged; <paramref name="Directory"/> has its data.</summary>
    internal sealed record Staged(string Directory, string StagingPath, CsiVolumeData Data, bool IsBlock);

    public IEnumerable<Held> Of(string uid) => Mounts(uid).Concat(Devices(uid));

    public IEnumerable<Held> All() =>
        Children(paths.Pods.Pods).SelectMany(directory => Of(Path.GetFileName(directory)));

    public bool IsHeld(string driver, string handle) => All().Any(h => h.Data.Driver == driver && h.Data.Handle == handle);

    public IEnumerable<Staged> AllStaged()
    {
        foreach (var driver in Children(paths.Root).Where(d => Path.GetFileName(d) != CsiPaths.Devices))
        {
            foreach (var directory in Children(driver))
            {
                if (CsiVolumeData.Read(directory) is { } data)
                {
                    yield return new(directory, Path.Combine(directory, CsiPaths.GlobalMount), data, false);
                }
            }
        }

        foreach (var directory in Children(Path.Combine(paths.Root, CsiPaths.Devices)))
        {
            if (CsiVolumeData.Read(Path.Combine(directory, "data")) is { } data)
            {
                yield return new(directory, paths.StagedDevice(Path.GetFileName(directory)), data, true);
            }
        }
    }

    private IEnumerable<Held> Mounts(string uid) =>
        from directory in Children(paths.PodVolumes(uid))
        let data = CsiVolumeData.Read(directory)
        where data is not null
        select new Held(uid, Path.GetFileName(directory), data, false);

    private IEnumerable<Held> Devices(string uid) =>
        from spec in Names(paths.PodDevices(uid))
        let data = CsiVolumeData.Read(paths.DeviceData(spec))
        where data is not null
        select new Held(uid, spec, data, true);

    private static IEnumerable<string> Names(string directory) =>
        Directory.Exists(directory) ? Directory.GetFileSystemEntries(directory).Select(p => Path.GetFileName(p)) : [];

    private static IEnumerable<string> Children(string directory) => Directory.Exists(directory) ? Directory.GetDirectories(directory) : [];
}
