using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Cycle;

/// <summary>Runs a profile's score plugins over the feasible nodes.</summary>
internal sealed class NodeScore
{
    private readonly Profile _profile;
    private readonly Random _random;
    private readonly SchedulerMetrics? _metrics;
    private readonly ulong[] _bitsOfPreScore;
    private readonly bool[] _isOfNode;
    private long[] _totals = [];
    private long[] _scores = [];

    public NodeScore(Profile profile, Random random, SchedulerMetrics? metrics = null)
    {
        (_profile, _random, _metrics) = (profile, random, metrics);
        _bitsOfPreScore = [.. profile.PreScore.Select(plugin => BitsOf(profile, plugin.Name))];
        _isOfNode = [.. profile.Score.Select(s => s.Plugin.ScoreScope == PluginScope.Node)];
    }

    /// <summary>The node with the highest sum; among equals each has the same chance.</summary>
    public NodeInfo Best(CycleState state, PodInfo pod, EquivalenceClass cls, List<NodeInfo> nodes) =>
        nodes.Count == 1 ? nodes[0] : nodes[HighestOf(Totals(state, pod, cls, nodes))];

    /// <summary>The weighted sums, in the nodes' order; good until the next call.</summary>
    public ReadOnlySpan<long> Totals(CycleState state, PodInfo pod, EquivalenceClass cls, List<NodeInfo> nodes)
    {
        PreScore(state, pod, nodes);
        if (_totals.Length < nodes.Count) (_totals, _scores) = (new long[nodes.Count * 2], new long[nodes.Count * 2]);
        var totals = _totals.AsSpan(0, nodes.Count);
        var scores = _scores.AsSpan(0, nodes.Count);
        totals.Clear();
        for (var index = 0; index < _profile.Score.Count; index++)
        {
            if ((state.SkippedScores & (1UL << index)) != 0) continue;
            var (plugin, weight) = _profile.Score[index];
            var started = state.IsTimed ? _metrics!.Now() : 0;
            if (_isOfNode[index]) cls.Score(index, plugin, state, pod, nodes, scores);
            else Score(plugin, state, pod, nodes, scores);
            plugin.NormalizeScore(state, pod, scores);
            _metrics?.Asked(plugin.Name, ExtensionPoint.Score, _profile);
            if (state.IsTimed) _metrics!.Took(plugin.Name, ExtensionPoint.Score, Code.Success, started);
            for (var i = 0; i < scores.Length; i++) totals[i] += scores[i] * weight;
        }
        foreach (var extender in _profile.Extenders)
        {
            if (extender.IsInterested(pod)) extender.Prioritize(pod, nodes, totals);
        }
        return totals;
    }

    private void PreScore(CycleState state, PodInfo pod, List<NodeInfo> nodes)
    {
        var started = _metrics?.Now() ?? 0;
        for (var i = 0; i < _bitsOfPreScore.Length; i++)
        {
            _metrics?.Asked(_profile.PreScore[i].Name, ExtensionPoint.PreScore, _profile);
            var status = _profile.PreScore[i].PreScore(state, pod, nodes);
            if (status.Code == Code.Error) throw PluginFailedException.At(ExtensionPoint.PreScore, _profile.PreScore[i].Name, status);
            if (status.Code == Code.Skip) state.SkippedScores |= _bitsOfPreScore[i];
        }
        _metrics?.Ran(ExtensionPoint.PreScore, Code.Success, _profile, started);
    }

    private static void Score(IScorePlugin plugin, CycleState state, PodInfo pod, List<NodeInfo> nodes, Span<long> scores)
    {
        for (var i = 0; i < scores.Length; i++) scores[i] = plugin.Score(state, pod, nodes[i]);
    }

    private int HighestOf(ReadOnlySpan<long> totals)
    {
        var (best, equals) = (0, 1);
        for (var i = 1; i < totals.Length; i++)
        {
            if (totals[i] > totals[best]) (best, equals) = (i, 1);
            else if (totals[i] == totals[best] && _random.Next(++equals) == 0) best = i;
        }
        return best;
    }

    private static ulong BitsOf(Profile profile, string plugin)
    {
        ulong bits = 0;
        for (var i = 0; i < profile.Score.Count; i++)
        {
            if (profile.Score[i].Plugin.Name == plugin) bits |= 1UL << i;
        }
        return bits;
    }
}
