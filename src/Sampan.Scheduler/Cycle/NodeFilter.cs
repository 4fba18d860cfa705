using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Cycle;

/// <summary>Runs a profile's filters. Those whose answer depends on nothing but the node go first and are remembered.</summary>
internal sealed class NodeFilter : IFilterRunner
{
    private const int FewNodes = 4;

    private readonly Profile _profile;
    private readonly SchedulerCache _cache;
    private readonly Verdicts _verdicts;
    private readonly (IFilterPlugin Plugin, ulong Bit)[] _ofNode;
    private readonly (IFilterPlugin Plugin, ulong Bit)[] _ofCluster;
    private readonly SchedulerMetrics? _metrics;
    private readonly PluginStatus[] _statuses = new PluginStatus[NodeSearch.BlockSize];
    private readonly ushort[] _block = new ushort[NodeSearch.BlockSize];

    public NodeFilter(Profile profile, SchedulerCache cache, Verdicts verdicts, SchedulerMetrics? metrics = null)
    {
        (_profile, _cache, _verdicts, _metrics) = (profile, cache, verdicts, metrics);
        var all = profile.Filter.Select((plugin, i) => (Plugin: plugin, Bit: 1UL << i)).ToList();
        _ofNode = [.. all.Where(f => f.Plugin.FilterScope == PluginScope.Node)];
        _ofCluster = [.. all.Where(f => f.Plugin.FilterScope == PluginScope.Cluster)];
    }

    /// <summary>Asks the plugins about the pod; false when one refuses it for all nodes.</summary>
    /// <exception cref="PluginFailedException">One of them broke.</exception>
    public bool PreFilter(CycleState state, PodInfo pod, Diagnosis diagnosis, out IReadOnlySet<string>? names)
    {
        names = null;
        foreach (var plugin in _profile.PreFilter)
        {
            var started = state.IsTimed ? _metrics!.Now() : 0;
            var (status, named) = plugin.PreFilter(state, pod, _cache);
            _metrics?.Asked(plugin.Name, ExtensionPoint.PreFilter, _profile);
            if (state.IsTimed) _metrics!.Took(plugin.Name, ExtensionPoint.PreFilter, status.Code, started);
            if (status.Code == Code.Skip)
            {
                state.SkippedFilters |= BitOf(plugin.Name);
                continue;
            }
            if (status.Code == Code.Error) throw PluginFailedException.At(ExtensionPoint.PreFilter, plugin.Name, status);
            if (!status.IsSuccess)
            {
                diagnosis.RefusedBeforeNodes(plugin.Name, status);
                return false;
            }
            if (named is null) continue;
            names = names is null ? named : names.Intersect(named).ToHashSet();
            diagnosis.Restricted(plugin.Name);
        }
        return true;
    }

    /// <summary>Counts the filters that look at nodes for the pod.</summary>
    public void CountAsked(CycleState state)
    {
        if (_metrics is null) return;
        for (var i = 0; i < _profile.Filter.Count; i++)
        {
            if ((state.SkippedFilters & (1UL << i)) == 0) _metrics.Asked(_profile.Filter[i].Name, ExtensionPoint.Filter, _profile);
        }
    }

    /// <summary>Brings the class's verdicts of a run of slots up to date.</summary>
    public void Refresh(CycleState state, PodInfo pod, EquivalenceClass cls, int first, int count)
    {
        var current = _cache.Table.Versions.Slice(first, count);
        var known = cls.VerdictVersions.Slice(first, count);
        var stale = 0;
        for (var i = 0; i < count; i++)
        {
            if (current[i] != known[i]) stale++;
        }
        if (stale > FewNodes) RefreshAll(state, pod, cls, first, count);
        else if (stale > 0) RefreshStale(state, pod, cls, first, count);
    }

    /// <summary>The first refusals by any filter, or <see cref="Verdicts.Passes"/>, of a run of slots. The class must be fresh for them.</summary>
    /// <exception cref="PluginFailedException">A filter broke.</exception>
    public void Judge(CycleState state, PodInfo pod, EquivalenceClass cls, int first, Span<ushort> verdicts)
    {
        cls.Verdicts.Slice(first, verdicts.Length).CopyTo(verdicts);
        var statuses = _statuses.AsSpan(0, verdicts.Length);
        statuses.Clear();
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i] != Verdicts.Passes) statuses[i] = PluginStatus.Skip;
        }
        Ask(_ofCluster, state, pod, first, statuses, verdicts);
        for (var i = 0; _cache.HasNominations && i < verdicts.Length; i++)
        {
            if (_cache.Table[first + i] is { Nominated.Count: > 0 } node) verdicts[i] = WithNominated(state, pod, node);
        }
        if (_verdicts.HasErrors) ThrowIfBroken(verdicts);
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) =>
        WithNominated(state, pod, node) is var id and not Verdicts.Passes ? _verdicts[id].Status : PluginStatus.Success;

    /// <summary>What each filter says of a node, also those after the first refusal.</summary>
    public IEnumerable<Verdict> All(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var (plugin, bit) in _ofNode.Concat(_ofCluster))
        {
            if ((state.SkippedFilters & bit) != 0) continue;
            var status = plugin.Filter(state, pod, node);
            if (!status.IsSuccess) yield return new Verdict(plugin.Name, status);
        }
    }

    private void RefreshStale(CycleState state, PodInfo pod, EquivalenceClass cls, int first, int count)
    {
        var table = _cache.Table;
        for (var slot = first; slot < first + count; slot++)
        {
            var version = table.Versions[slot];
            if (version == cls.VerdictVersions[slot]) continue;
            cls.SetVerdict(slot, version, table[slot] is { } node ? Run(_ofNode, state, pod, node) : Verdicts.Passes);
        }
    }

    private void RefreshAll(CycleState state, PodInfo pod, EquivalenceClass cls, int first, int count)
    {
        var statuses = _statuses.AsSpan(0, count);
        var ids = _block.AsSpan(0, count);
        statuses.Clear();
        ids.Clear();
        Ask(_ofNode, state, pod, first, statuses, ids);
        for (var i = 0; i < count; i++) cls.SetVerdict(first + i, _cache.Table.Versions[first + i], ids[i]);
    }

    // What is refused already is not asked about again.
    private void Ask((IFilterPlugin Plugin, ulong Bit)[] filters, CycleState state, PodInfo pod, int first, Span<PluginStatus> statuses, Span<ushort> ids)
    {
        foreach (var (plugin, bit) in filters)
        {
            if ((state.SkippedFilters & bit) != 0) continue;
            var started = state.IsTimed ? _metrics!.Now() : 0;
            if (plugin is IBatchFilterPlugin batch) batch.Filter(state, pod, _cache.Table, first, statuses);
            else OneByOne(plugin, state, pod, first, statuses);
            if (state.IsTimed) _metrics!.Took(plugin.Name, ExtensionPoint.Filter, Code.Success, started);
            for (var i = 0; i < ids.Length; i++)
            {
                if (ids[i] == Verdicts.Passes && !statuses[i].IsSuccess) ids[i] = _verdicts.IdOf(plugin.Name, statuses[i]);
            }
        }
    }

    private void OneByOne(IFilterPlugin plugin, CycleState state, PodInfo pod, int first, Span<PluginStatus> statuses)
    {
        for (var i = 0; i < statuses.Length; i++)
        {
            if (statuses[i].IsSuccess && _cache.Table[first + i] is { } node) statuses[i] = plugin.Filter(state, pod, node);
        }
    }

    private void ThrowIfBroken(ReadOnlySpan<ushort> verdicts)
    {
        foreach (var id in verdicts)
        {
            if (id != Verdicts.Passes && _verdicts[id] is { Status.Code: Code.Error } broken) throw PluginFailedException.At(ExtensionPoint.Filter, broken.Plugin, broken.Status);
        }
    }

    // Whoever made room may be gone before the room is there, so the pod must fit with and without them.
    private ushort WithNominated(CycleState state, PodInfo pod, NodeInfo node)
    {
        List<PodInfo>? others = null;
        foreach (var nominated in node.Nominated)
        {
            if (nominated.Priority >= pod.Priority && nominated.Uid != pod.Uid) (others ??= []).Add(nominated);
        }
        if (others is not null)
        {
            foreach (var other in others) _cache.PutBack(node, other);
            var refusal = RunAll(state, pod, node);
            foreach (var other in others) _cache.TakeAway(node, other);
            if (refusal != Verdicts.Passes) return refusal;
        }
        return RunAll(state, pod, node);
    }

    private ushort RunAll(CycleState state, PodInfo pod, NodeInfo node) =>
        Run(_ofNode, state, pod, node) is var refusal and not Verdicts.Passes ? refusal : Run(_ofCluster, state, pod, node);

    private ushort Run((IFilterPlugin Plugin, ulong Bit)[] filters, CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var (plugin, bit) in filters)
        {
            if ((state.SkippedFilters & bit) != 0) continue;
            var status = plugin.Filter(state, pod, node);
            if (!status.IsSuccess) return _verdicts.IdOf(plugin.Name, status);
        }
        return Verdicts.Passes;
    }

    private ulong BitOf(string plugin)
    {
        ulong bits = 0;
        for (var i = 0; i < _profile.Filter.Count; i++)
        {
            if (_profile.Filter[i].Name == plugin) bits |= 1UL << i;
        }
        return bits;
    }
}
