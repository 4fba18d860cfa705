using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Volumes.Persistent;
using Capability = Sampan.Kubelet.Volumes.Csi.NodeServiceCapability.Types.RPC.Types.Type;

namespace Sampan.Kubelet.Volumes.Csi;

/// <summary>
/// The node's half of growing a volume: the driver's controller has made the volume larger, the file system on it has not
/// noticed yet. The claim tells by its capacity that all is done.
/// </summary>
internal sealed class CsiExpander(CsiDrivers drivers, CsiRequests requests, CsiPaths paths, ICsiApi api, IPodEvents events, TimeProvider time)
{
    private const string Storage = "storage";

    public async Task ExpandAsync(Pod pod, ClaimedVolume claimed, CsiVolume volume, string target, CancellationToken cancellationToken)
    {
        var wanted = claimed.Volume.Spec.Capacity.OrEmpty().GetValueOrDefault(Storage);
        if (volume.IsReadOnly || !ClaimExpansion.IsWanted(claimed.Claim, wanted))
        {
            return;
        }

        var driver = drivers.Get(volume.Driver);
        try
        {
            if (!await driver.CanAsync(Capability.ExpandVolume, cancellationToken))
            {
                return;
            }

            await TellAsync(claimed.Claim, ClaimExpansion.Begun(claimed.Claim), cancellationToken);
            var isStaged = await driver.CanAsync(Capability.StageUnstageVolume, cancellationToken);
            await driver.CallAsync(CsiMethods.Expand, new NodeExpandVolumeRequest
            {
                VolumeId = volume.Handle,
                VolumePath = target,
                StagingTargetPath = isStaged ? paths.StagingPathOf(volume) : "",
                CapacityRange = new() { RequiredBytes = wanted.AsLong() },
                VolumeCapability = await requests.CapabilityAsync(driver, pod, volume, cancellationToken),
                Secrets = { (await requests.SecretsAsync(volume.ExpandSecret, cancellationToken)).ToDictionary() },
            }, cancellationToken);
            await TellAsync(claimed.Claim, ClaimExpansion.Done(claimed.Claim, wanted), cancellationToken);
            events.Pod(pod, null, EventReasons.Normal, EventReasons.FileSystemResizeSuccessful, $"MountVolume.NodeExpandVolume succeeded for volume \"{volume.SpecName}\" {api.NodeName}");
        }
        catch (Exception e) when (e is RpcException or VolumeFailure or StatusException or ApiConnectionException)
        {
            await FailAsync(pod, claimed, volume, e, cancellationToken);
        }
    }

    private Task TellAsync(PersistentVolumeClaim claim, JsonObject patch, CancellationToken cancellationToken) =>
        api.PatchClaimStatusAsync(claim.Metadata.Namespace, claim.Metadata.Name, patch, cancellationToken);

    /// <summary>The pod goes on with the size that there is; what may work later is tried again in the next round.</summary>
    private async Task FailAsync(Pod pod, ClaimedVolume claimed, CsiVolume volume, Exception why, CancellationToken cancellationToken)
    {
        events.Pod(pod, null, EventReasons.Warning, EventReasons.VolumeResizeFailed, $"MountVolume.NodeExpandVolume failed for volume \"{volume.SpecName}\" : {why.Message}");
        try
        {
            await TellAsync(claimed.Claim, ClaimExpansion.Failed(claimed.Claim, why, time.GetUtcNow()), cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            // The event has told it.
        }
    }
}
