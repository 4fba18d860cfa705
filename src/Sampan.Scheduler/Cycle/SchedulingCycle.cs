using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;

namespace Sampan.Scheduler.Cycle;

/// <summary>
/// Finds the node for one pod: filter, then score. Equal pods share what was found out about each node; a cycle asks anew
/// only about nodes that changed, and about what depends on more than the node.
/// </summary>
internal sealed class SchedulingCycle
{
    private const int CyclesPerTiming = 10;

    private readonly Profile _profile;
    private readonly SchedulerCache _cache;
    private readonly Verdicts _verdicts = new();
    private readonly EquivalenceClasses _classes = new();
    private readonly NodeSearch _search;
    private readonly NodeFilter _filter;
    private readonly NodeScore _score;
    private readonly List<NodeInfo> _feasible = [];
    private readonly SchedulerMetrics? _metrics;
    private readonly Random _random;
    private ushort[] _bySlot = [];

    public SchedulingCycle(Profile profile, SchedulerCache cache, Random random, SchedulerMetrics? metrics = null)
    {
        (_profile, _cache, _metrics) = (profile, cache, metrics);
        _search = new NodeSearch(cache.Table, profile.PercentageOfNodesToScore);
        _filter = new NodeFilter(profile, cache, _verdicts, metrics);
        _score = new NodeScore(profile, random, metrics);
        _random = random;
    }

    public CycleResult Run(PodInfo pod)
    {
        var (state, cls) = Begin(pod);
        var diagnosis = new Diagnosis(_cache.Table, _verdicts, _bySlot);
        FindFeasible(state, pod, cls, diagnosis);
        if (_feasible.Count > 0) return new(Best(state, pod, cls), state, diagnosis);
        var nominated = _cache.NodeCount > 0 ? PostFilter(state, pod, diagnosis) : "";
        diagnosis.Keep();
        return new(null, state, diagnosis, nominated);
    }

    private (CycleState State, EquivalenceClass Class) Begin(PodInfo pod)
    {
        if (_verdicts.IsFull)
        {
            _verdicts.Clear();
            _classes.Clear();
        }
        var slots = _cache.Table.SlotCount;
        if (_bySlot.Length < slots) _bySlot = new ushort[slots * 2];
        else Array.Clear(_bySlot, 0, slots);
        _feasible.Clear();
        var started = _metrics?.Now() ?? 0;
        var cls = _classes.Of(pod, slots, _profile.Score.Count, out var isKnown);
        _metrics?.Recalled(isKnown, _profile, started);
        return (new CycleState(_cache, cls.Shared) { IsTimed = _metrics is not null && _random.Next(CyclesPerTiming) == 0 }, cls);
    }

    private string Best(CycleState state, PodInfo pod, EquivalenceClass cls)
    {
        var started = _metrics?.Now() ?? 0;
        var node = _score.Best(state, pod, cls, _feasible);
        _metrics?.Ran(ExtensionPoint.Score, Code.Success, _profile, started);
        return node.Name;
    }

    private void FindFeasible(CycleState state, PodInfo pod, EquivalenceClass cls, Diagnosis diagnosis)
    {
        if (_cache.NodeCount == 0) return;
        var started = _metrics?.Now() ?? 0;
        var goesOn = _filter.PreFilter(state, pod, diagnosis, out var names);
        _metrics?.Ran(ExtensionPoint.PreFilter, goesOn ? Code.Success : Code.Unschedulable, _profile, started);
        if (!goesOn) return;
        started = _metrics?.Now() ?? 0;
        _filter.CountAsked(state);
        Search(state, pod, cls, diagnosis, names);
        _metrics?.Ran(ExtensionPoint.Filter, _feasible.Count > 0 ? Code.Success : Code.Unschedulable, _profile, started);
    }

    private void Search(CycleState state, PodInfo pod, EquivalenceClass cls, Diagnosis diagnosis, IReadOnlySet<string>? names)
    {
        if (_cache.NominationOf(pod.Uid) is { } nominated && names?.Contains(nominated.Name) != false && Look(state, pod, cls, nominated.Slot, 1, 1))
        {
            AskExtenders(pod, diagnosis);
            if (_feasible.Count > 0) return;
        }
        if (names is null) SearchAll(state, pod, cls);
        else SearchNamed(state, pod, cls, names);
        AskExtenders(pod, diagnosis);
    }

    private void SearchAll(CycleState state, PodInfo pod, EquivalenceClass cls)
    {
        var (table, wanted) = (_cache.Table, _search.Wanted);
        for (var blocks = _search.BlockCount; blocks > 0; blocks--)
        {
            var first = _search.NextBlock();
            var end = Math.Min(first + NodeSearch.BlockSize, table.SlotCount);
            if (Look(state, pod, cls, first, end - first, wanted)) return;
        }
    }

    private void SearchNamed(CycleState state, PodInfo pod, EquivalenceClass cls, IReadOnlySet<string> names)
    {
        foreach (var name in names)
        {
            if (_cache.Find(name) is { } node) Look(state, pod, cls, node.Slot, 1, int.MaxValue);
        }
    }

    /// <returns>Whether as many feasible nodes are found as are wanted.</returns>
    private bool Look(CycleState state, PodInfo pod, EquivalenceClass cls, int first, int count, int wanted)
    {
        _filter.Refresh(state, pod, cls, first, count);
        var verdicts = _bySlot.AsSpan(first, count);
        _filter.Judge(state, pod, cls, first, verdicts);
        for (var i = 0; i < count; i++)
        {
            if (verdicts[i] != Verdicts.Passes || _cache.Table[first + i] is not { } node) continue;
            _feasible.Add(node);
            if (_feasible.Count >= wanted) return true;
        }
        return false;
    }

    private void AskExtenders(PodInfo pod, Diagnosis diagnosis)
    {
        foreach (var extender in _profile.Extenders)
        {
            if (_feasible.Count == 0 || !extender.IsInterested(pod)) continue;
            var left = extender.Filter(pod, [.. _feasible], diagnosis);
            if (left.Count < _feasible.Count) diagnosis.Narrowed("Extender");
            _feasible.Clear();
            _feasible.AddRange(left);
        }
    }

    private string? PostFilter(CycleState state, PodInfo pod, Diagnosis diagnosis)
    {
        var started = _metrics?.Now() ?? 0;
        var (isDone, nominated) = MakeRoom(state, pod, diagnosis);
        _metrics?.Ran(ExtensionPoint.PostFilter, isDone ? Code.Success : Code.Unschedulable, _profile, started);
        if (_profile.PostFilter.Count > 0) _metrics?.Preempted(isDone && state.Read<Candidate>()?.Victims is { } victims && victims.Any(Candidate.IsToBeTold) ? victims.Count : 0);
        return nominated;
    }

    private (bool IsDone, string? Nominated) MakeRoom(CycleState state, PodInfo pod, Diagnosis diagnosis)
    {
        var nominated = _profile.PostFilter.Count == 0 ? "" : null;
        var messages = new List<string>();
        foreach (var plugin in _profile.PostFilter)
        {
            var (status, node) = plugin.PostFilter(state, pod, diagnosis, _filter);
            if (status.IsSuccess) return (true, node);
            if (status.Message is { Length: > 0 } message) messages.Add(message);
            nominated = node ?? nominated;
        }
        if (messages.Count > 0) diagnosis.PostFilterMessage = string.Join(", ", messages);
        return (false, nominated);
    }
}
