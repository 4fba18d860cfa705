using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Bindings;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Cycle;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler;

/// <summary>
/// The scheduler's one thread of control. It owns cache and queue; whatever happens outside comes in as a message and is
/// taken in between two scheduling cycles. Bindings run beside it and report back in the same way.
/// <code>
/// informers ──┐
/// bindings ───┼──► messages ──► loop: take in all ► pop a pod ► cycle ► assume ──► bind (beside)
/// </code>
/// </summary>
internal sealed class SchedulerLoop
{
    private readonly Channel<Action> _messages = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SchedulerCache _cache = new();
    private readonly SchedulingQueue _queue;
    private readonly Dictionary<string, (Profile Profile, SchedulingCycle Cycle)> _profiles;
    private readonly IBinder _binder;
    private readonly BindingQueue _bindings;
    private readonly PendingPlacements _pending = new();
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SchedulerMetrics _metrics;

    public SchedulerLoop(SchedulerOptions options, IBinder binder, TimeProvider time, ILogger log, SchedulerMetrics metrics, Random random)
    {
        (_binder, _time, _log, _metrics) = (binder, time, log, metrics);
        _queue = new SchedulingQueue(options.Profiles, time, options.Queue) { Metrics = metrics };
        _profiles = options.Profiles.ToDictionary(p => p.SchedulerName, p => (p, new SchedulingCycle(p, _cache, random, metrics)));
        _bindings = new BindingQueue(options.BindParallelism, binder, time, metrics, BindingDone);
        metrics.Observe(_queue, _cache, _bindings);
    }

    public void NodeChanged(Node? old, Node? current) => Post(_ =>
    {
        var started = _metrics.Now();
        TakeInNode(old, current);
        _metrics.Handled(EventNames.OfChange("Node", old, current), started);
    });

    public void PodChanged(Pod? old, Pod? current) => Post(_ =>
    {
        var started = _metrics.Now();
        TakeInPod(old, current);
        _metrics.Handled(EventNames.OfChange(string.IsNullOrEmpty((current ?? old)!.Spec.NodeName) ? "UnschedulablePod" : "AssignedPod", old, current), started);
    });

    /// <summary>Takes in services and controllers: they say which pods belong together.</summary>
    public void WorkloadsChanged(Action<Workloads> change) => Post(cache => change(cache.Workloads));

    /// <summary>Runs an action between two cycles.</summary>
    public void Post(Action<SchedulerCache> message) => _messages.Writer.TryWrite(() => message(_cache));

    /// <summary>Takes its place from a pod that is not bound yet, for a plugin; false when it can only be evicted.</summary>
    public bool PreemptPending(string uid, string plugin) => _pending.Preempt(uid, plugin);

    /// <summary>Brings back the pods that a change may help.</summary>
    public void Move(ClusterEvent change) => Post(_ => _queue.Move(change));

    public void Activate(string uid) => Post(_ => _queue.Activate(uid));

    public void Recheck(string uid) => Post(_ => _queue.Recheck(uid));

    public async Task RunAsync(CancellationToken ct)
    {
        var binding = _bindings.RunAsync(ct);
        while (!ct.IsCancellationRequested)
        {
            TakeInMessages();
            if (_queue.Pop() is { } queued) await ScheduleAsync(queued, ct);
            else await WaitAsync(ct);
        }
        await binding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void TakeInMessages()
    {
        while (_messages.Reader.TryRead(out var message))
        {
            try
            {
                message();
            }
            catch (Exception e)
            {
                _log.LogError(e, "A change could not be taken in");
            }
        }
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var message = _messages.Reader.WaitToReadAsync(wake.Token).AsTask();
        if (_queue.NextDue == DateTimeOffset.MaxValue)
        {
            await message;
            return;
        }
        var delay = _queue.NextDue - _time.GetUtcNow();
        await Task.WhenAny(message, Task.Delay(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, _time, wake.Token));
        await wake.CancelAsync();
    }

    private async ValueTask ScheduleAsync(QueuedPod queued, CancellationToken ct)
    {
        var pod = queued.Pod;
        if (_cache.IsPlaced(pod.Uid))
        {
            _queue.Remove(pod.Uid);
            return;
        }
        var started = _time.GetTimestamp();
        try
        {
            var (profile, cycle) = _profiles[SchedulerOf(pod.Pod)];
            var result = cycle.Run(pod);
            _metrics.Attempt(result.Node is null ? "unschedulable" : "scheduled", profile.SchedulerName, _time.GetElapsedTime(started));
            if (result.Node is null) Refuse(queued, result);
            else await PlaceAsync(profile, queued, result, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (e is PluginFailedException) _log.LogWarning("Scheduling {Pod} failed: {Reason}", pod, e.Message);
            else _log.LogError(e, "Scheduling {Pod} failed", pod);
            _metrics.Attempt("error", SchedulerOf(pod.Pod), _time.GetElapsedTime(started));
            _cache.RemoveNomination(pod.Uid);
            _queue.AddBackoff(queued);
            _binder.ReportUnschedulable(pod.Pod, "SchedulerError", e.Message, nominatedNode: "");
        }
    }

    private void Refuse(QueuedPod queued, CycleResult result)
    {
        if (result.NominatedNode is { Length: > 0 } node) _cache.Nominate(queued.Pod, node);
        else if (result.NominatedNode is not null) _cache.RemoveNomination(queued.Pod.Uid);
        _queue.AddUnschedulable(queued, result.Diagnosis.Plugins);
        _binder.ReportUnschedulable(queued.Pod.Pod, "Unschedulable", result.Diagnosis.ToString(), result.NominatedNode);
    }

    private ValueTask PlaceAsync(Profile profile, QueuedPod queued, CycleResult result, CancellationToken ct)
    {
        var node = result.Node!;
        _cache.Assume(queued.Pod, node);
        var (status, refusing, waiting) = Reservations.Make(profile, result.State, queued.Pod, node, _metrics);
        var placement = Placement.Of(profile, result.State, queued, node, waiting) with { SeenChanges = _queue.Changes };
        if (status.IsSuccess) _pending.Add(placement);
        if (status.IsSuccess) return _bindings.AddAsync(placement, ct);
        TakeBack(placement);
        if (status.Code == Code.Error) throw new PluginFailedException(refusing!, status.Message, status.Message);
        _queue.AddUnschedulable(queued, new HashSet<string> { refusing! });
        _binder.ReportUnschedulable(queued.Pod.Pod, "Unschedulable", Diagnosis.OfOneNode(status), nominatedNode: "");
        return ValueTask.CompletedTask;
    }

    private void BindingDone(Placement placement, BindingFailure? failure)
    {
        _pending.Remove(placement);
        if (failure is not null) Post(_ => BindingFailed(placement, failure));
        else Succeeded(placement.Queued);
    }

    private void Succeeded(QueuedPod queued)
    {
        _metrics.Bound(_time.GetUtcNow() - queued.FirstQueuedAt, queued.Attempts);
        if (queued.WasFlushed) _metrics.ScheduledAfterFlush();
    }

    // A permit's refusal counts as one before the placement; everything else is tried again.
    private void BindingFailed(Placement placement, BindingFailure failure)
    {
        var queued = placement.Queued;
        var missed = _queue.Changes - placement.SeenChanges;
        TakeBack(placement);
        if (!_queue.Contains(queued.Pod.Uid)) return;
        _log.LogWarning("Binding {Pod} to {Node} failed: {Reason}", queued.Pod, placement.Node, failure.Message);
        if (failure.Refusing is { } plugin) _queue.AddUnschedulable(queued, new HashSet<string> { plugin }, seen: _queue.Changes - missed);
        else _queue.AddBackoff(queued);
        _binder.ReportUnschedulable(queued.Pod.Pod, failure.IsRefusal ? "Unschedulable" : "SchedulerError", failure.Message, nominatedNode: "");
    }

    // A place that is free again may be what others wait for.
    private void TakeBack(Placement placement)
    {
        Reservations.TakeBack(placement, _metrics);
        _cache.Forget(placement.Queued.Pod.Uid);
        _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: placement.Queued.Pod));
    }

    private void TakeInNode(Node? old, Node? current)
    {
        if (current is null)
        {
            _cache.RemoveNode(old!.Metadata.Name!);
            _queue.Move(new(ClusterEventKind.NodeDelete, Node: old));
            return;
        }
        _cache.SetNode(current);
        if (NodeChanges.Between(old, current) is var kind and not ClusterEventKind.None) _queue.Move(new(kind, Node: current) { OldNode = old });
    }

    private void TakeInPod(Pod? old, Pod? current)
    {
        var pod = new PodInfo((current ?? old)!);
        if (current is null || current.Status.Phase is "Succeeded" or "Failed") TakeInEnd(pod);
        else if (!string.IsNullOrEmpty(current.Spec.NodeName)) TakeInAssigned(pod);
        else if (_profiles.ContainsKey(SchedulerOf(current))) TakeInWaiting(old, pod);
    }

    private void TakeInEnd(PodInfo pod)
    {
        EndWaiting(pod);
        if (!_cache.IsPlaced(pod.Uid)) return;
        _cache.RemovePod(pod.Uid);
        _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: pod));
    }

    private void EndWaiting(PodInfo pod)
    {
        _queue.Remove(pod.Uid);
        _pending.Reject(pod.Uid, "removed");
        if (_cache.RemoveNomination(pod.Uid)) GiveUpPromise(pod);
    }

    // To pods that are no more important, a pod counts on the node that it was promised as if it ran there.
    private void GiveUpPromise(PodInfo pod) => _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: pod), upTo: pod.Priority);

    private void TakeInAssigned(PodInfo pod)
    {
        _queue.Remove(pod.Uid);
        var known = _cache.PodOf(pod.Uid);
        var kind = NodeChanges.BetweenAssigned(known, pod);
        _cache.SetPod(pod);
        if (kind != ClusterEventKind.None) _queue.Move(new(kind, Pod: pod) { OldPod = known });
    }

    // A pod that is being deleted is not worth a place; one that we have just placed is confirmed by its next version.
    private void TakeInWaiting(Pod? old, PodInfo pod)
    {
        if (pod.Pod.Metadata.DeletionTimestamp is not null)
        {
            EndWaiting(pod);
            return;
        }
        if (_cache.IsPlaced(pod.Uid) && !_queue.Contains(pod.Uid)) return;
        if (!_cache.IsPlaced(pod.Uid)) TakeInNomination(old?.Status.NominatedNodeName ?? "", pod);
        _queue.AddOrUpdate(pod);
    }

    // What did not change is not news: the scheduler may have decided otherwise since, and told so.
    private void TakeInNomination(string before, PodInfo pod)
    {
        var now = pod.Pod.Status.NominatedNodeName ?? "";
        if (now == before) return;
        if (now.Length > 0) _cache.Nominate(pod, now);
        else _cache.RemoveNomination(pod.Uid);
        if (before.Length > 0) GiveUpPromise(pod);
    }

    private static string SchedulerOf(Pod pod) => string.IsNullOrEmpty(pod.Spec.SchedulerName) ? Profile.DefaultSchedulerName : pod.Spec.SchedulerName;
}
