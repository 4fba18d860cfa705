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
    private readonly ExpansionMemory _memory = new(time);

    /// <param name="pod">Who has the volume.</param>
    /// <param name="claimed">The volume and its claim.</param>
    /// <param name="isPossible">Whether the node has a part in it.</param>
    /// <param name="expand">Does the node's part, given the volume's size.</param>
    /// <param name="cancellationToken">The pod has to end.</param>
    public async Task ExpandAsync(Pod pod, ClaimedVolume claimed, Func<Task<bool>> isPossible, Func<Quantity, Task> expand, CancellationToken cancellationToken)
    {
        var wanted = claimed.Volume.Spec.Capacity.OrEmpty().GetValueOrDefault(Storage);
        if (claimed.IsReadOnly || !_memory.IsDue(pod.Metadata.Uid, claimed, wanted) || ClaimExpansion.IsInfeasible(claimed.Claim))
        {
            return;
        }

        var name = claimed.Volume.Metadata.Name;
        try
        {
            if (await isPossible())
            {
                await GrowAsync(claimed, wanted, expand, cancellationToken);
                TellDone(pod, claimed);
            }
        }
        catch (Exception e) when (e is RpcException or VolumeFailure or IOException or StatusException or ApiConnectionException)
        {
            events.Pod(pod, null, EventReasons.Warning, EventReasons.VolumeResizeFailed, $"MountVolume.NodeExpandVolume failed for volume \"{name}\" : {e.Message}");
            await TellFailureAsync(claimed, wanted, e, cancellationToken);
            _memory.Failed(name, e);
        }
    }

    /// <summary>A pod has given back its volumes.</summary>
    public void Forget(string podUid) => _memory.Forget(podUid);

    /// <summary>Several nodes may have the volume: the first of them has told the claim, and the others have their part to do all the same.</summary>
    private async Task GrowAsync(ClaimedVolume claimed, Quantity wanted, Func<Quantity, Task> expand, CancellationToken cancellationToken)
    {
        var isTold = ClaimExpansion.SizeOf(claimed.Claim) >= wanted;
        if (!isTold)
        {
            await TellAsync(claimed.Claim, ClaimExpansion.Begun(claimed.Claim), cancellationToken);
        }

        await expand(wanted);
        if (!isTold)
        {
            await TellAsync(claimed.Claim, ClaimExpansion.Done(claimed.Claim, wanted), cancellationToken);
        }

        _memory.Done(claimed.Volume.Metadata.Name, wanted);
    }

    private void TellDone(Pod pod, ClaimedVolume claimed)
    {
        var message = $"MountVolume.NodeExpandVolume succeeded for volume \"{claimed.Volume.Metadata.Name}\" {api.NodeName}";
        events.Pod(pod, null, EventReasons.Normal, EventReasons.FileSystemResizeSuccessful, message);
        events.Claim(claimed.Claim, EventReasons.Normal, EventReasons.FileSystemResizeSuccessful, message);
    }

    private Task TellAsync(PersistentVolumeClaim claim, JsonObject patch, CancellationToken cancellationToken) =>
        api.PatchClaimStatusAsync(claim.Metadata.Namespace, claim.Metadata.Name, patch, cancellationToken);

    /// <summary>Where the claim wants another size than the volume has by now, and it failed before, whoever grows volumes may begin with that.</summary>
    private async Task TellFailureAsync(ClaimedVolume claimed, Quantity wanted, Exception why, CancellationToken cancellationToken)
    {
        var isOutdated = claimed.Claim.Spec.Resources.Requests.OrEmpty().TryGetValue(Storage, out var asked) && asked != wanted;
        try
        {
            await TellAsync(claimed.Claim, ClaimExpansion.Failed(claimed.Claim, why, isOutdated && _memory.HasFailed(claimed.Volume.Metadata.Name), time.GetUtcNow()), cancellationToken);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException)
        {
            // The event has told it.
        }
    }
}
