using System.Collections.Concurrent;
using Sampan.Api.Apps.V1;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.Deployments;

/// <summary>All writes of the controller; each puts the stored object back into the rollout's view.</summary>
internal sealed class DeploymentWriter(
    OwnWrites<Deployment> deployments, OwnWrites<ReplicaSet> sets, EventRecorder events, TimeProvider time)
{
    private static readonly TimeSpan HoldFor = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<ObjectKey, DateTimeOffset> _held = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public async Task CreateAsync(Rollout rollout, ReplicaSet set, CancellationToken cancellationToken)
    {
        rollout.SetNew(await sets.CreateAsync(set, cancellationToken));
        if (set.Spec.Replicas is > 0 and var size) TellScaled(rollout, set.Metadata.Name, 0, size);
    }

    public async Task UpdateAsync(Rollout rollout, ReplicaSet set, CancellationToken cancellationToken) =>
        rollout.Replace(await sets.UpdateAsync(set, cancellationToken));

    public async Task DeleteAsync(Rollout rollout, ReplicaSet set, CancellationToken cancellationToken)
    {
        await sets.DeleteAsync(set, null, cancellationToken);
        rollout.Remove(set);
    }

    /// <summary>
    /// Writes the status, and with it the revision, when they changed; asks to be woken when the progress deadline passes. Numbers alone
    /// wait a moment while a ReplicaSet has not answered to its new size: its answer changes them again.
    /// </summary>
    public async Task<ReconcileResult> WriteStatusAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var (key, status) = (new ObjectKey(rollout.Deployment.Metadata.Namespace, rollout.Deployment.Metadata.Name), DeploymentStatuses.Of(rollout, Now));
        if (rollout.NoteRevision() || !status.DeepEquals(rollout.StoredStatus))
        {
            if (rollout.IsInFlight && !rollout.HasNews(status) && Now - _held.GetOrAdd(key, Now) < HoldFor) return ReconcileResult.RequeueAfter(HoldFor);
            rollout.Deployment.Status = status;
            rollout.Deployment = (await deployments.UpdateStatusAsync(rollout.Deployment, cancellationToken)).DeepClone();
            rollout.StoredStatus = rollout.Deployment.Status.DeepClone();
        }

        Forget(key);
        return Progress.CheckAgain(rollout.Deployment, status, Now);
    }

    public void Forget(ObjectKey key) => _held.TryRemove(key, out _);

    public void TellFailed(Rollout rollout, string message) => events.Event(rollout.Deployment, "Warning", "ReplicaSetCreateError", message);

    public void TellScaled(Rollout rollout, string set, int from, int to) => events.Event(
        rollout.Deployment, "Normal", "ScalingReplicaSet", $"Scaled {(to > from ? "up" : "down")} replica set {set} from {from} to {to}");
}
