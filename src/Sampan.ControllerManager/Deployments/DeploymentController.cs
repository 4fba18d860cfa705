using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Deployments;

/// <summary>
/// Moves a Deployment's pods from one template to the next by growing and shrinking ReplicaSets. Upstream: pkg/controller/deployment.
/// <code>
///   revisions: find or create the ReplicaSet of the template ──▶ paused? only scale
///                                                            ──▶ resized? scale all in proportion
///                                                            ──▶ else Recreate or RollingUpdate, one step per reconcile
///   then the status, with progress and availability
/// </code>
/// </summary>
internal sealed class DeploymentController : Controller
{
    private readonly Informer<Deployment> _deployments;
    private readonly Informer<ReplicaSet> _sets;
    private readonly Informer<Pod> _pods;
    private readonly Adoption<Deployment, ReplicaSet> _adoption;
    private readonly Revisions _revisions;
    private readonly Scaling _scaling;
    private readonly RollingUpdate _rollingUpdate;
    private readonly Recreate _recreate;
    private readonly DeploymentWriter _writer;

    public DeploymentController(ControllerContext context)
        : base("deployment-controller", context)
    {
        _deployments = Watch<Deployment>(d => [KeyOf(d)]);
        _sets = Watch<ReplicaSet>(KeysOf);
        _pods = Watch(context.Informers.For<Pod>(), OnPod);
        ControllerIndex.AddTo(_sets);
        ControllerIndex.AddTo(_pods);
        var sets = Writes(_sets);
        _writer = new DeploymentWriter(Writes(_deployments), sets, Events, Time);
        _adoption = new(Direct(_deployments), sets);
        _revisions = new Revisions(_writer, Direct(_sets));
        _scaling = new Scaling(_writer);
        _rollingUpdate = new RollingUpdate(_scaling);
        _recreate = new Recreate(_scaling);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_deployments.Get(key) is not { } cached)
        {
            _writer.Forget(key);
            return ReconcileResult.Done;
        }

        if (cached.Spec.Selector is null or { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } })
            return await RefuseSelectorAsync(cached, cancellationToken);

        var selector = Selector.From(cached.Spec.Selector);
        var sets = await _adoption.ClaimAsync(cached, selector, ControllerIndex.Candidates(_sets, cached).ToList(), cancellationToken);
        var rollout = new Rollout(cached.DeepClone(), sets);
        if (cached.Metadata.DeletionTimestamp is null) await StepAsync(rollout, cancellationToken);
        return await _writer.WriteStatusAsync(rollout, cancellationToken);
    }

    private async Task StepAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        var deployment = rollout.Deployment;
        Progress.NotePause(deployment, Time.GetUtcNow());
        if (deployment.Spec.Paused || rollout.IsResized())
        {
            await _revisions.SyncAsync(rollout, create: false, cancellationToken);
            await _scaling.ScaleAllAsync(rollout, cancellationToken);
            if (deployment.Spec.Paused) await _revisions.CleanUpAsync(rollout, cancellationToken);
            return;
        }

        rollout.IsRolling = true;
        var isRecreate = deployment.Spec.Strategy.Type == "Recreate";
        await _revisions.SyncAsync(rollout, create: !isRecreate, cancellationToken);
        if (rollout.HasConflict) return;
        if (isRecreate) await RecreateAsync(rollout, cancellationToken);
        else await _rollingUpdate.StepAsync(rollout, cancellationToken);
        if (Progress.IsComplete(deployment, deployment.Status)) await _revisions.CleanUpAsync(rollout, cancellationToken);
    }

    private async Task RecreateAsync(Rollout rollout, CancellationToken cancellationToken)
    {
        if (await _recreate.StopOldAsync(rollout, HasOldPods, cancellationToken)) return;
        if (rollout.New is null) await _revisions.SyncAsync(rollout, create: true, cancellationToken);
        await _recreate.StartNewAsync(rollout, cancellationToken);
    }

    /// <summary>
    /// Pods that are not finished, even if being deleted, hold the new ones back, and so does a ReplicaSet that still counts some: no
    /// status may show old and new ones together.
    /// </summary>
    private bool HasOldPods(Rollout rollout) =>
        rollout.Old.Any(s => s.Status.Replicas > 0 || ControllerIndex.OwnedBy(_pods, s).Any(p => !p.IsTerminal()));

    private async Task<ReconcileResult> RefuseSelectorAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        Events.Event(deployment, "Warning", "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.");
        if (deployment.Status.ObservedGeneration >= deployment.Metadata.Generation) return ReconcileResult.Done;
        var copy = deployment.DeepClone();
        copy.Status.ObservedGeneration = deployment.Metadata.Generation;
        await Writes(_deployments).UpdateStatusAsync(copy, cancellationToken);
        return ReconcileResult.Done;
    }

    private IEnumerable<ObjectKey> KeysOf(ReplicaSet set)
    {
        if (set.Metadata.Controller() is not null) return set.Metadata.ControllerKey("Deployment", "apps");
        return set.Metadata.DeletionTimestamp is not null
            ? []
            : _deployments.List(set.Metadata.Namespace)
                .Where(d => Selector.From(d.Spec.Selector).Matches(set.Metadata.Labels)).Select(KeyOf);
    }

    /// <summary>A pod's end may let a Recreate go on; all else reaches the Deployment through the ReplicaSet's status.</summary>
    private void OnPod(Pod? old, Pod? current)
    {
        if (current is not null && !current.IsTerminal()) return;
        var pod = (current ?? old)!;
        foreach (var key in pod.Metadata.ControllerKey("ReplicaSet", "apps"))
        {
            if (_sets.Get(key) is not { } set) continue;
            foreach (var owner in set.Metadata.ControllerKey("Deployment", "apps"))
                if (_deployments.Get(owner)?.Spec.Strategy.Type == "Recreate") Queue.Add(owner);
        }
    }
}
