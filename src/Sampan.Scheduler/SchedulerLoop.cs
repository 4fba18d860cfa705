using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler;

/// <summary>
/// The scheduler's one thread of control. It owns cache and queue; whatever happens outside comes in as a message and is
/// taken in between two scheduling cycles. Bindings run beside it and report back in the same way.
/// <code>
/// informers ──┐
/// bindings ───┼──► messages ──► loop: take in all ► pop a pod ► cycle ► assume ──► bind (async)
/// </code>
/// </summary>
internal sealed class SchedulerLoop
{
    private readonly Channel<Action> _messages = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SchedulerCache _cache = new();
    private readonly SchedulingQueue _queue;
    private readonly SchedulingCycle _cycle;
    private readonly IBinder _binder;
    private readonly Profile _profile;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SchedulerMetrics _metrics;

    public SchedulerLoop(Profile profile, IBinder binder, TimeProvider time, ILogger log, SchedulerMetrics metrics, Random random)
    {
        (_profile, _binder, _time, _log, _metrics) = (profile, binder, time, log, metrics);
        _queue = new SchedulingQueue(profile.QueueSort, profile.PreEnqueue, profile.EnqueueExtensions, time);
        _cycle = new SchedulingCycle(profile, _cache, random);
    }

    public void NodeChanged(Node? old, Node? current) => Post(() => TakeInNode(old, current));

    public void PodChanged(Pod? old, Pod? current) => Post(() => TakeInPod(old, current));

    /// <summary>Takes in services and controllers: they say which pods belong together.</summary>
    public void WorkloadsChanged(Action<Workloads> change) => Post(() => change(_cache.Workloads));

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            TakeInMessages();
            if (_queue.Pop() is { } queued) Schedule(queued, ct);
            else await WaitAsync(ct);
            _metrics.SetQueue(_queue);
        }
    }

    private void Post(Action message) => _messages.Writer.TryWrite(message);

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

    private void Schedule(QueuedPod queued, CancellationToken ct)
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
            var (node, diagnosis) = _cycle.Run(pod);
            if (node is null) Refuse(queued, diagnosis);
            else Bind(queued, node, ct);
            _metrics.Attempt(node is null ? "unschedulable" : "scheduled", _time.GetElapsedTime(started));
        }
        catch (Exception e)
        {
            _log.LogError(e, "Scheduling {Pod} failed", pod);
            _metrics.Attempt("error", _time.GetElapsedTime(started));
            _queue.AddBackoff(queued);
        }
    }

    private void Refuse(QueuedPod queued, Diagnosis diagnosis)
    {
        _queue.AddUnschedulable(queued, diagnosis.Plugins);
        _binder.ReportUnschedulable(queued.Pod.Pod, "Unschedulable", diagnosis.ToString());
    }

    private void Bind(QueuedPod queued, string node, CancellationToken ct)
    {
        _cache.Assume(queued.Pod, node);
        _ = CompleteBindingAsync(queued, node, ct);
    }

    private async Task CompleteBindingAsync(QueuedPod queued, string node, CancellationToken ct)
    {
        try
        {
            await _binder.BindAsync(queued.Pod.Pod, node, ct);
            _metrics.Bound(_time.GetUtcNow() - queued.FirstQueuedAt);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            _log.LogWarning("Binding {Pod} to {Node} failed: {Reason}", queued.Pod, node, e.Message);
            Post(() =>
            {
                _cache.Forget(queued.Pod.Uid);
                _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: queued.Pod));
                _queue.AddBackoff(queued);
            });
        }
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
        if (NodeChanges.Between(old, current) is var kind and not ClusterEventKind.None) _queue.Move(new(kind, Node: current));
    }

    private void TakeInPod(Pod? old, Pod? current)
    {
        var pod = new PodInfo((current ?? old)!);
        var isOver = current is null || current.Status.Phase is "Succeeded" or "Failed";
        if (isOver)
        {
            _queue.Remove(pod.Uid);
            if (!_cache.IsPlaced(pod.Uid)) return;
            _cache.RemovePod(pod.Uid);
            _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: pod));
            return;
        }
        if (!string.IsNullOrEmpty(current!.Spec.NodeName)) TakeInAssigned(old, pod);
        else if (current.Spec.SchedulerName == _profile.SchedulerName) TakeInWaiting(pod);
    }

    private void TakeInAssigned(Pod? old, PodInfo pod)
    {
        _queue.Remove(pod.Uid);
        var isNew = !_cache.IsPlaced(pod.Uid);
        _cache.SetPod(pod);
        var kind = isNew ? ClusterEventKind.AssignedPodAdd : NodeChanges.BetweenAssigned(old, pod.Pod);
        if (kind != ClusterEventKind.None) _queue.Move(new(kind, Pod: pod));
    }

    // A pod that is being deleted is not worth a place; one that we have just placed is confirmed by its next version.
    private void TakeInWaiting(PodInfo pod)
    {
        if (pod.Pod.Metadata.DeletionTimestamp is not null || _cache.IsPlaced(pod.Uid))
        {
            _queue.Remove(pod.Uid);
            return;
        }
        _queue.AddOrUpdate(pod);
        if (_queue.GateOf(pod.Uid) is { } gate) _binder.ReportUnschedulable(pod.Pod, "SchedulingGated", string.Join(", ", gate.Reasons ?? []));
    }
}
