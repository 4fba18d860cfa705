using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Queue;

/// <summary>
/// The pods that wait, in upstream's four places. It belongs to the scheduling loop and is not synchronised.
/// <code>
///             a change helps, back-off over
///        ┌───────────────────────────────────────┐
///        ▼                                       │
///   active ──Pop──► (a cycle) ──refused──► unschedulable ──a change helps, back-off runs──► backoff ──over──► active
///   gated: refused by a PreEnqueue plugin; comes back when the pod changes
/// </code>
/// </summary>
public sealed class SchedulingQueue(IQueueSortPlugin sort, IReadOnlyList<IPreEnqueuePlugin> gates, IReadOnlyList<IEnqueueExtension> hints, TimeProvider time)
{
    public static readonly TimeSpan InitialBackoff = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxBackoff = TimeSpan.FromSeconds(10);

    /// <summary>A refused pod is tried again after this long even when no change seems to help.</summary>
    public static readonly TimeSpan UnschedulableLimit = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, QueuedPod> _all = [];
    private readonly SortedSet<QueuedPod> _active = new(Comparer<QueuedPod>.Create((a, b) => Order(sort, a, b)));
    private readonly PriorityQueue<QueuedPod, DateTimeOffset> _backoff = new();
    private readonly HashSet<QueuedPod> _waitingOut = [];
    private readonly HashSet<QueuedPod> _unschedulable = [];
    private readonly Dictionary<string, (QueuedPod Pod, PluginStatus Status)> _gated = [];
    private DateTimeOffset _nextSweep = DateTimeOffset.MaxValue;

    public int ActiveCount => _active.Count;
    public int BackoffCount => _waitingOut.Count;
    public int UnschedulableCount => _unschedulable.Count;
    public int GatedCount => _gated.Count;

    /// <summary>Why a PreEnqueue plugin holds a pod back; null when none does.</summary>
    public PluginStatus? GateOf(string uid) => _gated.TryGetValue(uid, out var gated) ? gated.Status : null;

    /// <summary>Takes in a new pod, or a new version of one that waits.</summary>
    public void AddOrUpdate(PodInfo pod)
    {
        if (!_all.TryGetValue(pod.Uid, out var queued))
        {
            _all[pod.Uid] = queued = new QueuedPod(pod, time.GetUtcNow());
            Admit(queued);
            return;
        }
        var changed = !SpecEquals(queued.Pod, pod);
        var wasActive = _active.Remove(queued);
        queued.Pod = pod;
        if (wasActive) _active.Add(queued);
        if (!changed) return;
        if (_gated.Remove(pod.Uid)) Admit(queued);
        else if (_unschedulable.Remove(queued)) Requeue(queued);
    }

    public void Remove(string uid)
    {
        if (!_all.Remove(uid, out var queued)) return;
        _active.Remove(queued);
        _waitingOut.Remove(queued);
        _unschedulable.Remove(queued);
        _gated.Remove(uid);
    }

    /// <summary>The next pod to schedule; null when none is due.</summary>
    public QueuedPod? Pop()
    {
        MoveDue();
        if (_active.Min is not { } next) return null;
        _active.Remove(next);
        next.Attempts++;
        return next;
    }

    /// <summary>When the queue next moves a pod by itself.</summary>
    public DateTimeOffset NextDue =>
        _backoff.TryPeek(out _, out var due) && due < _nextSweep ? due : _nextSweep;

    /// <summary>Puts a pod back that no node could take. It waits for a change that one of the refusing plugins cares for.</summary>
    public void AddUnschedulable(QueuedPod queued, IReadOnlySet<string> refusedBy)
    {
        if (!_all.ContainsKey(queued.Pod.Uid)) return;
        queued.FailedAt = time.GetUtcNow();
        queued.RefusedBy = refusedBy;
        _unschedulable.Add(queued);
        _nextSweep = Min(_nextSweep, queued.FailedAt + UnschedulableLimit);
    }

    /// <summary>Puts a pod back whose attempt failed by an error: it is tried again after its back-off.</summary>
    public void AddBackoff(QueuedPod queued)
    {
        if (!_all.ContainsKey(queued.Pod.Uid)) return;
        queued.FailedAt = time.GetUtcNow();
        Requeue(queued);
    }

    /// <summary>Brings back the refused pods that a change may help.</summary>
    public void Move(ClusterEvent change)
    {
        if (_unschedulable.Count == 0) return;
        foreach (var queued in _unschedulable.Where(q => MayHelp(q, change)).ToList())
        {
            _unschedulable.Remove(queued);
            Requeue(queued);
        }
    }

    private void Admit(QueuedPod queued)
    {
        foreach (var gate in gates)
        {
            var status = gate.PreEnqueue(queued.Pod);
            if (status.IsSuccess) continue;
            _gated[queued.Pod.Uid] = (queued, status);
            return;
        }
        Activate(queued);
    }

    private void Requeue(QueuedPod queued)
    {
        var due = queued.FailedAt + Backoff(queued.Attempts);
        if (due <= time.GetUtcNow())
        {
            Activate(queued);
            return;
        }
        _waitingOut.Add(queued);
        _backoff.Enqueue(queued, due);
    }

    private void Activate(QueuedPod queued)
    {
        queued.QueuedAt = time.GetUtcNow();
        _active.Add(queued);
    }

    private void MoveDue()
    {
        var now = time.GetUtcNow();
        while (_backoff.TryPeek(out var queued, out var due) && due <= now)
        {
            _backoff.Dequeue();
            if (_waitingOut.Remove(queued)) Activate(queued);
        }
        if (_nextSweep > now) return;
        foreach (var queued in _unschedulable.Where(q => q.FailedAt + UnschedulableLimit <= now).ToList())
        {
            _unschedulable.Remove(queued);
            Activate(queued);
        }
        _nextSweep = _unschedulable.Count == 0 ? DateTimeOffset.MaxValue : _unschedulable.Min(q => q.FailedAt) + UnschedulableLimit;
    }

    // A plugin without an interest in this change stays silent; a pod that no plugin refused waits for any change.
    private bool MayHelp(QueuedPod queued, ClusterEvent change) =>
        queued.RefusedBy.Count == 0 || hints.Any(plugin => queued.RefusedBy.Contains(plugin.Name) && plugin.EventsToRegister.Any(hint =>
            (hint.Event & change.Kind) != 0 && (hint.Helps is null || hint.Helps(queued.Pod, change))));

    private static TimeSpan Backoff(int attempts) =>
        attempts > 4 ? MaxBackoff : Min(InitialBackoff * Math.Pow(2, Math.Max(0, attempts - 1)), MaxBackoff);

    private static bool SpecEquals(PodInfo left, PodInfo right) =>
        left.Pod.Spec.DeepEquals(right.Pod.Spec) && Labels(left).DeepEquals(Labels(right));

    private static Api.Meta.V1.LabelSelector Labels(PodInfo pod) => new() { MatchLabels = pod.Pod.Metadata.Labels };

    private static int Order(IQueueSortPlugin sort, QueuedPod left, QueuedPod right) =>
        ReferenceEquals(left, right) ? 0 : sort.Compare(left, right) is var order and not 0 ? order : string.CompareOrdinal(left.Pod.Uid, right.Pod.Uid);

    private static T Min<T>(T left, T right) where T : IComparable<T> => left.CompareTo(right) <= 0 ? left : right;
}
