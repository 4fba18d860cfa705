using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes.Persistent;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>Tells the node's driver that its controller has made a volume larger.</summary>
internal sealed class CsiExpander(CsiDrivers drivers, CsiRequests requests, CsiPaths paths, NodeExpansion expansion)
{
    public Task ExpandAsync(Pod pod, ClaimedVolume claimed, CsiVolume volume, string target, CancellationToken cancellationToken) => volume.IsReadOnly
        ? Task.CompletedTask
        : expansion.ExpandAsync(
            pod,
            claimed,
            () => drivers.Get(volume.Driver).CanAsync(Capability.ExpandVolume, cancellationToken),
            wanted => CallAsync(volume, target, wanted, cancellationToken),
            cancellationToken);

    /// <summary>A pod has given back its volumes.</summary>
    public void Forget(string podUid) => expansion.Forget(podUid);

    private async Task CallAsync(CsiVolume volume, string target, Quantity wanted, CancellationToken cancellationToken)
    {
        var driver = drivers.Get(volume.Driver);
        var isStaged = await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken);
        await driver.CallAsync(CsiMethods.Expand, new NodeExpandVolumeRequest
        {
            VolumeId = volume.Handle,
            VolumePath = target,
            StagingTargetPath = isStaged ? paths.StagingPathOf(volume) : "",
            CapacityRange = new() { RequiredBytes = wanted.AsLong() },
            VolumeCapability = await requests.CapabilityAsync(driver, null, volume, cancellationToken),
            Secrets = { (await requests.SecretsAsync(volume.ExpandSecret, cancellationToken)).ToDictionary() },
        }, cancellationToken);
    }
}
