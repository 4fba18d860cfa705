using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// The node's half of growing a volume: it has become larger, and the file system on it has not noticed yet. The claim tells by its
/// capacity that all is done. A pod goes on with the size that there is; what may work later is tried again in the next round.
/// </summary>
internal sealed class NodeExpansion(ICsiApi api, IPodEvents events, TimeProvider time)
{
    private const string Storage = "storage";

    /// <param name="pod">Who has the volume.</param>
    /// <param name="claimed">The volume and its claim.</param>
    /// <param name="isPossible">Whether the node has a part in it.</param>
    /// <param name="expand">Does the node's part, given the volume's size.</param>
    /// <param name="cancellationToken">The pod has to end.</param>
    public async Task ExpandAsync(Pod pod, ClaimedVolume claimed, Func<Task<bool>> isPossible, Func<Quantity, Task> expand, CancellationToken cancellationToken)
    {
        var wanted = claimed.Volume.Spec.Capacity.OrEmpty().GetValueOrDefault(Storage);
        if (claimed.IsReadOnly || !ClaimExpansion.IsWanted(claimed.Claim, wanted))
        {
            return;
        }

        var name = claimed.Volume.Metadata.Name;
        try
        {
            if (!await isPossible())
            {
                return;
            }

            await TellAsync(claimed.Claim, ClaimExpansion.Begun(claimed.Claim), cancellationToken);
            await expand(wanted);
            await TellAsync(claimed.Claim, ClaimExpansion.Done(claimed.Claim, wanted), cancellationToken);
            events.Pod(pod, null, EventReasons.Normal, EventReasons.FileSystemResizeSuccessful, $"MountVolume.NodeExpandVolume succeeded for volume \"{name}\" {api.NodeName}");
        }
        catch (Exception e) when (e is RpcException or VolumeFailure or IOException or StatusException or ApiConnectionException)
        {
            events.Pod(pod, null, EventReasons.Warning, EventReasons.VolumeResizeFailed, $"MountVolume.NodeExpandVolume failed for volume \"{name}\" : {e.Message}");
            await TellFailureAsync(claimed.Claim, e, cancellationToken);
        }
    }

    private Task TellAsync(PersistentVolumeClaim claim, JsonObject patch, CancellationToken cancellationToken) =>
        api.PatchClaimStatusAsync(claim.Metadata.Namespace, claim.Metadata.Name, patch, cancellationToken);

    private async Task TellFailureAsync(PersistentVolumeClaim claim, Exception why, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(claim, ClaimExpansion.Failed(claim, why, time.GetUtcNow()), cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            // The event has told it.
        }
    }
}
