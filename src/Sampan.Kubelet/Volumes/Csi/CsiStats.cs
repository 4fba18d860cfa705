using Sampan.Client.Grpc;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Stats;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;
using Unit = Sampan.Kubelet.Volumes.Csi.VolumeUsage.Types.Unit;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>How full CSI volumes are; only their drivers know.</summary>
internal sealed class CsiStats(CsiDrivers drivers, CsiPaths paths, TimeProvider time)
{
    private readonly CsiHoldings _holdings = new(paths);

    /// <summary>Whose a pod's volume at this path is; null where it is no driver's.</summary>
    public string? DriverOf(string uid, string path) => path.StartsWith(paths.PodVolumes(uid), StringComparison.Ordinal) || path.StartsWith(paths.Root + "/", StringComparison.Ordinal)
        ? Find(uid, path)?.Data.Driver ?? ""
        : null;

    /// <summary>Null where the driver does not tell.</summary>
    public async Task<FileSystemStats?> ReadAsync(string uid, string path, CancellationToken cancellationToken)
    {
        try
        {
            return Find(uid, path) is { } held
                && drivers.Find(held.Data.Driver) is { } driver && await driver.CanAsync(Capability.GetVolumeStats, cancellationToken)
                ? Of(await driver.CallAsync(CsiMethods.GetVolumeStats, await RequestAsync(driver, held, path, cancellationToken), cancellationToken))
                : null;
        }
        catch (RpcException)
        {
            // Asked again in the next round.
            return null;
        }
    }

    private CsiHoldings.Held? Find(string uid, string path) => _holdings.Of(uid).FirstOrDefault(h => PathOf(h) == path);

    private string PathOf(CsiHoldings.Held held) => held.IsBlock ? paths.PublishedDevice(held.SpecName, held.Uid) : paths.PodMount(held.Uid, held.SpecName);

    private async Task<NodeGetVolumeStatsRequest> RequestAsync(CsiDriverClient driver, CsiHoldings.Held held, string path, CancellationToken cancellationToken) => new()
    {
        VolumeId = held.Data.Handle,
        VolumePath = path,
        StagingTargetPath = !held.Data.IsEphemeral && await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken)
            ? held.IsBlock ? paths.StagedDevice(held.SpecName) : paths.StagedMount(held.Data.Driver, held.Data.Handle)
            : "",
    };

    /// <summary>Of a device mostly nothing but its size is told.</summary>
    private FileSystemStats? Of(NodeGetVolumeStatsResponse answer)
    {
        if (answer.Usage.Count == 0)
        {
            return null;
        }

        var bytes = answer.Usage.FirstOrDefault(u => u.Unit == Unit.Bytes) ?? new();
        var inodes = answer.Usage.FirstOrDefault(u => u.Unit == Unit.Inodes) ?? new();
        return FileSystemStats.Whole(time.GetUtcNow(), new FileSystemUsage(bytes.Total, bytes.Available, bytes.Used, inodes.Total, inodes.Available));
    }
}
