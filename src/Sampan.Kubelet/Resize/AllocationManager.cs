using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Resize;

/// <summary>
/// Lets pods in, and gives those that run other resources: one at a time, so that no room is given out twice. Upstream:
/// pkg/kubelet/allocation.
/// </summary>
/// <param name="services">What all workers share.</param>
/// <param name="workers">All of them.</param>
internal sealed class AllocationManager(PodServices services, Func<IEnumerable<PodWorker>> workers)
{
    private readonly ConcurrentDictionary<string, PodWorker> _admitted = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>A place in the line of those who want in: whoever asks first is let in first.</summary>
    public Task QueueAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    /// <summary>What is given out is written down; a disk that takes nothing keeps the pod waiting.</summary>
    /// <param name="worker">The pod's.</param>
    /// <param name="turn">Its place in the line.</param>
    /// <param name="cancellationToken">The kubelet ends.</param>
    public async Task<bool> TryAdmitAsync(PodWorker worker, Task turn, CancellationToken cancellationToken)
    {
        await turn;
        try
        {
            await AdmitAsync(worker, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            services.Logger.LogPodFailure(e, worker.Pod.Describe(), "admission");
            services.Events.Pod(worker.Pod, null, EventReasons.Warning, EventReasons.FailedSync, $"error syncing pod: {e.Message}");
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The pod is over: what it had is free.</summary>
    public void Forget(string uid) => _admitted.TryRemove(uid, out _);

    /// <summary>Grants a pod the resources that it asks for now, or says why it has to wait for them.</summary>
    public async Task<PendingResize?> ResizeAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(services.Allocations.Granted(pod), pod))
        {
            return null;
        }

        PendingResize? pending;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            pending = TryResize(pod);
        }
        finally
        {
            _turn.Release();
        }

        if (pending is null)
        {
            _ = RetryPendingAsync(ResizeMetrics.PodResized, CancellationToken.None);
        }

        return pending;
    }

    /// <summary>
    /// There may be room now for pods that wait for it: first for those that ask for no more than they have, then by priority and class of
    /// service, and then for who has waited longest.
    /// </summary>
    /// <param name="trigger">Why it is tried again.</param>
    /// <param name="cancellationToken">The kubelet ends.</param>
    public async Task RetryPendingAsync(string trigger, CancellationToken cancellationToken)
    {
        var waiting = workers().Where(w => w.AwaitsRoom).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            foreach (var worker in waiting.OrderBy(w => services.Allocations.WantsMore(w.Pod))
                .ThenByDescending(w => w.Pod.Spec.Priority ?? 0)
                .ThenByDescending(w => QosClass.Of(w.Pod) == QosClass.Guaranteed)
                .ThenBy(w => w.AwaitsRoomSince))
            {
                if (TryResize(worker.Pod) is null)
                {
                    services.Metrics.Resizes.AcceptedLater(trigger);
                    worker.Poke();
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private PendingResize? TryResize(Pod pod)
    {
        var isNew = !ReferenceEquals(services.Allocations.Granted(pod), pod);
        var pending = services.Allocations.TryResize(pod, Others(pod.Metadata.Uid));
        if (isNew && pending is null)
        {
            services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.ResizeStarted, ResizeSummary.Of("Pod resize started", pod));
        }

        return pending;
    }

    /// <summary>What already runs, or is over, is not asked again. What a reboot has ended needs its room, and its devices, as any other.</summary>
    private async Task AdmitAsync(PodWorker worker, CancellationToken cancellationToken)
    {
        var pod = services.Allocations.Granted(worker.Pod);
        var isStarting = !pod.IsTerminal() && !worker.IsEnding && !services.Cache.IsUnreadable(worker.Uid) && PodPlanner.StartsAnew(pod, services.Cache.Get(worker.Uid));
        if (!isStarting || (await services.Admission.AdmitAsync(pod, Others(worker.Uid), cancellationToken) ?? await services.Exclusive.Topology.AllocateAsync(pod, cancellationToken)) is not { } rejection)
        {
            services.Allocations.Admit(pod);
            _admitted[worker.Uid] = worker;
            return;
        }

        services.Metrics.Rejected(rejection.Reason!);
        services.Events.Pod(pod, null, EventReasons.Warning, rejection.Reason!, rejection.Message!);
        worker.Terminate(rejection);
    }

    /// <summary>What the other pods that hold something of the node were granted.</summary>
    private List<Pod> Others(string uid) => [.. _admitted.Values
        .Where(w => w.Uid != uid && w.State is (PodWorkerState.Syncing or PodWorkerState.Terminating))
        .Select(w => services.Allocations.Granted(w.Pod))];
}
