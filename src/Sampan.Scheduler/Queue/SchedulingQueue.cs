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
///   gated: refused by a PreEnqueue plugin; asked again when the pod changes, after changes that the plugin names, and when it says so
/// </code>
/// When nothing is active, a refused pod is taken before its back-off is over; one whose attempt broke is not.
/// </summary>
public sealed class SchedulingQueue
{
    private const string PodAdd = "UnschedulablePodAdd";

    private readonly TimeProvider _time;
    private readonly QueueOptions _options;
    private readonly Dictionary<string, IReadOnlyList<IPreEnqueuePlugin>> _gates;
    private readonly Dictionary<string, QueuedPod> _all = [];
    private readonly SortedSet<QueuedPod> _active;
    private readonly PriorityQueue<QueuedPod, DateTimeOffset> _backoff = new();
    private readonly HashSet<QueuedPod> _waitingOut = [];
    private readonly SortedSet<QueuedPod> _early;
    private readonly RefusedPods _unschedulable;
    private readonly GatedPods _gated = new();
    private DateTimeOffset _nextSweep = DateTimeOffset.MaxValue;

    /// <param name="profiles">Their pods share the queue, in the order of the first one's QueueSort plugin.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">The lengths of waiting.</param>
    public SchedulingQueue(IReadOnlyList<Profile> profiles, TimeProvider time, QueueOptions? options = null)
    {
        (_time, _options) = (time, options ?? new());
        _gates = profiles.ToDictionary(p => p.SchedulerName, p => p.PreEnqueue);
        var sort = profiles[0].QueueSort;
        _active = new(Comparer<QueuedPod>.Create((a, b) => Order(sort, a, b)));
        _early = new(Comparer<QueuedPod>.Create((a, b) => Second(a.BackoffUntil).CompareTo(Second(b.BackoffUntil)) is var order and not 0 ? order : Order(sort, a, b)));
        _unschedulable = new RefusedPods(profiles, (plugin, profile, more) => Metrics?.Refused(plugin, profile, more), () => Metrics);
    }

    /// <summary>Counts arrivals.</summary>
    internal SchedulerMetrics? Metrics { get; init; }

    public int ActiveCount => _active.Count;
    public int BackoffCount => _waitingOut.Count;
    public int UnschedulableCount => _unschedulable.Count;
    public int GatedCount => _gated.Count;

    /// <summary>Takes in a new pod, or a new version of one that waits.</summary>
    public void AddOrUpdate(PodInfo pod)
    {
        if (!_all.TryGetValue(pod.Uid, out var queued))
        {
            _all[pod.Uid] = queued = new QueuedPod(pod, _time.GetUtcNow());
            Admit(queued, PodAdd);
            return;
        }
        var (old, change) = (queued.Pod, PodChanges.Between(queued.Pod, pod));
        var mayOpen = change.HasFlag(ClusterEventKind.PodResourceClaims) || !SpecEquals(old, pod);
        var wasActive = _active.Remove(queued);
        var wasEarly = _early.Remove(queued);
        var wasRefused = _unschedulable.Remove(queued);
        queued.Pod = pod;
        if (wasActive) _active.Add(queued);
        if (wasEarly) _early.Add(queued);
        if (mayOpen && _gated.Remove(pod.Uid) is not null) Readmit(queued, EventNames.Of(change));
        else if (wasRefused) TakeInChange(queued, new ClusterEvent(change, Pod: pod) { OldPod = old });
    }

    // What was changed of the pod may be what it was refused for.
    private void TakeInChange(QueuedPod queued, ClusterEvent change)
    {
        if (_unschedulable.IsHelped(queued, change)) Requeue(queued, EventNames.Of(change.Kind));
        else _unschedulable.Add(queued);
    }

    public bool Contains(string uid) => _all.ContainsKey(uid);

    public void Remove(string uid)
    {
        if (!_all.Remove(uid, out var queued)) return;
        _active.Remove(queued);
        EndBackoff(queued);
        _unschedulable.Remove(queued);
        _gated.Remove(uid);
    }

    /// <summary>The next pod to schedule; null when none is due.</summary>
    public QueuedPod? Pop()
    {
        MoveDue();
        if (_active.Min is null && _early.Min is { } early) Activate(early, "PopFromBackoffQ");
        if (_active.Min is not { } next) return null;
        _active.Remove(next);
        next.Attempts++;
        return next;
    }

    /// <summary>When the queue next moves a pod by itself.</summary>
    public DateTimeOffset NextDue =>
        _backoff.TryPeek(out _, out var due) && due < _nextSweep ? due : _nextSweep;

    /// <summary>Counts the changes that <see cref="Move"/> was told.</summary>
    public long Changes { get; private set; }

    /// <summary>Puts a pod back that no node could take. It waits for a change that one of the refusing plugins cares for.</summary>
    /// <param name="queued">The pod.</param>
    /// <param name="refusedBy">The plugins.</param>
    /// <param name="seen">The <see cref="Changes"/> that the plugins have seen; when there were more, one of them may have helped already.</param>
    public void AddUnschedulable(QueuedPod queued, IReadOnlySet<string> refusedBy, long? seen = null)
    {
        if (!_all.ContainsKey(queued.Pod.Uid)) return;
        queued.FailedAt = _time.GetUtcNow();
        queued.RefusedBy = refusedBy;
        queued.Refusals++;
        queued.Errors = 0;
        if (seen < Changes)
        {
            Requeue(queued, "ScheduleAttemptFailure");
            return;
        }
        _unschedulable.Add(queued);
        Metrics?.Incoming("unschedulable", "ScheduleAttemptFailure");
        _nextSweep = Min(_nextSweep, queued.FailedAt + _options.UnschedulableLimit);
    }

    /// <summary>Puts a pod back whose attempt failed by an error: it is tried again after its back-off.</summary>
    public void AddBackoff(QueuedPod queued)
    {
        if (!_all.ContainsKey(queued.Pod.Uid)) return;
        queued.FailedAt = _time.GetUtcNow();
        queued.Errors++;
        Requeue(queued, "ScheduleAttemptFailure");
    }

    /// <summary>Brings back the refused pods that a change may help; of those, only the ones up to a priority.</summary>
    public void Move(ClusterEvent change, int upTo = int.MaxValue)
    {
        Changes++;
        if (_gated.Count > 0) _gated.TakeOpened(change).ForEach(queued => Readmit(queued, EventNames.Of(change.Kind)));
        if (_unschedulable.Count == 0) return;
        foreach (var queued in _unschedulable.TakeHelped(change, upTo)) Requeue(queued, EventNames.Of(change.Kind));
    }

    /// <summary>Asks the PreEnqueue plugins again about a pod that one of them holds back.</summary>
    public void Recheck(string uid)
    {
        if (_gated.Remove(uid) is { } queued) Readmit(queued, "ForceActivate");
    }

    /// <summary>Brings a pod that waits to the front, whatever it waits for; a PreEnqueue plugin can still hold it back.</summary>
    public void Activate(string uid)
    {
        if (!_all.TryGetValue(uid, out var queued)) return;
        var waited = _unschedulable.Remove(queued) | EndBackoff(queued) | _gated.Remove(uid) is not null;
        if (waited && !IsHeldBack(queued, "ForceActivate")) Activate(queued, "ForceActivate");
    }

    private void Admit(QueuedPod queued, string happening)
    {
        if (!IsHeldBack(queued, happening)) Activate(queued, happening);
    }

    // What was tried before waits out its back-off.
    private void Readmit(QueuedPod queued, string happening)
    {
        if (queued.Attempts == 0) Admit(queued, happening);
        else Requeue(queued, happening);
    }

    private bool IsHeldBack(QueuedPod queued, string happening)
    {
        foreach (var gate in _gates.GetValueOrDefault(queued.Pod.Pod.Spec.SchedulerName ?? Profile.DefaultSchedulerName, []))
        {
            if (gate.PreEnqueue(queued.Pod).IsSuccess) continue;
            _gated.Add(queued, gate);
            Metrics?.Incoming("gated", happening);
            return true;
        }
        return false;
    }

    private void Requeue(QueuedPod queued, string happening)
    {
        if (IsHeldBack(queued, happening)) return;
        queued.BackoffUntil = queued.FailedAt + Backoff(queued.Errors > 0 ? queued.Errors : queued.Refusals);
        if (queued.BackoffUntil <= _time.GetUtcNow())
        {
            Activate(queued, happening);
            return;
        }
        Metrics?.Incoming("backoff", happening);
        _waitingOut.Add(queued);
        if (queued.Errors == 0) _early.Add(queued);
        _backoff.Enqueue(queued, queued.BackoffUntil);
    }

    private bool EndBackoff(QueuedPod queued)
    {
        _early.Remove(queued);
        return _waitingOut.Remove(queued);
    }

    private void Activate(QueuedPod queued, string happening)
    {
        EndBackoff(queued);
        queued.QueuedAt = _time.GetUtcNow();
        _active.Add(queued);
        Metrics?.Incoming("active", happening);
    }

    private void MoveDue()
    {
        var now = _time.GetUtcNow();
        while (_backoff.TryPeek(out var queued, out var due) && due <= now)
        {
            _backoff.Dequeue();
            if (_waitingOut.Contains(queued) && queued.BackoffUntil <= now) Activate(queued, "BackoffComplete");
        }
        if (_nextSweep > now) return;
        foreach (var queued in _unschedulable.All.Where(q => q.FailedAt + _options.UnschedulableLimit <= now).ToList())
        {
            _unschedulable.Remove(queued);
            queued.WasFlushed = true;
            if (!IsHeldBack(queued, "UnschedulableTimeout")) Activate(queued, "UnschedulableTimeout");
        }
        _nextSweep = _unschedulable.Count == 0 ? DateTimeOffset.MaxValue : _unschedulable.All.Min(q => q.FailedAt) + _options.UnschedulableLimit;
    }

    private TimeSpan Backoff(int failures) =>
        failures > 30 ? _options.MaxBackoff : Min(_options.InitialBackoff * Math.Pow(2, Math.Max(0, failures - 1)), _options.MaxBackoff);

    // Of those whose back-off ends in the same second the most important goes first.
    private static long Second(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private static bool SpecEquals(PodInfo left, PodInfo right) =>
        left.Pod.Spec.DeepEquals(right.Pod.Spec) && Labels(left).DeepEquals(Labels(right));

    private static Api.Meta.V1.LabelSelector Labels(PodInfo pod) => new() { MatchLabels = pod.Pod.Metadata.Labels };

    private static int Order(IQueueSortPlugin sort, QueuedPod left, QueuedPod right) =>
        ReferenceEquals(left, right) ? 0 : sort.Compare(left, right) is var order and not 0 ? order : string.CompareOrdinal(left.Pod.Uid, right.Pod.Uid);

    private static T Min<T>(T left, T right) where T : IComparable<T> => left.CompareTo(right) <= 0 ? left : right;
}
