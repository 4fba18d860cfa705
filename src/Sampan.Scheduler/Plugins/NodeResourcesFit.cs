using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins.Devices;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>A pod fits when the node has what it asks for; among those that have, the strategy decides.</summary>
internal sealed class NodeResourcesFit : IBatchFilterPlugin, IScorePlugin, IEnqueueExtension, IConnectedPlugin
{
    private static readonly string[] Reasons = ["Too many pods", "Insufficient cpu", "Insufficient memory", "Insufficient ephemeral-storage"];
    private static readonly PluginStatus[] Single = Array.ConvertAll(Reasons, reason => PluginStatus.Unschedulable(reason));
    private static readonly PluginStatus[] SingleForGood = Array.ConvertAll(Reasons, reason => PluginStatus.Unresolvable(reason));

    private readonly HashSet<string> _ignored;
    private readonly HashSet<string> _ignoredGroups;
    private readonly ResourceScorer _scorer;
    private ExtendedResources? _devices;

    public NodeResourcesFit(NodeResourcesFitArgs? args = null)
    {
        args ??= new();
        (_ignored, _ignoredGroups) = ([.. args.IgnoredResources], [.. args.IgnoredResourceGroups]);
        _scorer = ResourceScorer.Of(args.ScoringStrategy);
        ScoreScope = ResourceScorer.ScopeOf(args.ScoringStrategy.Resources);
        EventsToRegister =
        [
            new(ClusterEventKind.AssignedPodDelete),
            new(ClusterEventKind.AssignedPodScaleDown, static (pod, change) => change.OldPod?.Requests.IsLargerIn(change.Pod!.Requests, among: pod.Requests) != false),
            new(ClusterEventKind.PodScaleDown),
            new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeAllocatable, HasGrown),
            new(ClusterEventKind.DeviceClass, static (pod, change) => !change.IsDeletion && pod.Requests.Scalars.Keys.Any(name => StandsForNow(change, name))),
        ];
    }

    public string Name => nameof(NodeResourcesFit);

    public IReadOnlyList<EventHint> EventsToRegister { get; }

    public PluginScope FilterScope => PluginScope.Node;
    /// <summary>Devices that serve an extended resource come and go without a change of their node.</summary>
    public PluginScope ScoreScope { get; }


    public IDisposable Connect(PluginContext context)
    {
        context.Post(cluster => _devices = ExtendedResources.Of(cluster.Objects));
        return new Subscriptions();
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var (want, have, used) = (pod.Requests, node.Allocatable, node.Requested);
        var tooManyPods = node.Pods.Count + 1 > have.AllowedPods;
        var cpu = want.MilliCpu > 0 && want.MilliCpu > have.MilliCpu - used.MilliCpu;
        var memory = want.Memory > 0 && want.Memory > have.Memory - used.Memory;
        var storage = want.EphemeralStorage > 0 && want.EphemeralStorage > have.EphemeralStorage - used.EphemeralStorage;
        if (want.Scalars.Count == 0 && !tooManyPods && !cpu && !memory && !storage) return PluginStatus.Success;
        return Refusal([tooManyPods, cpu, memory, storage], want, have, used, ExtendedResources.Of(state.Cluster.Objects));
    }

    public void Filter(CycleState state, PodInfo pod, NodeTable nodes, int first, Span<PluginStatus> statuses)
    {
        var want = pod.Requests;
        var cpu = nodes.MilliCpu.From(first, statuses.Length);
        var memory = nodes.Memory.From(first, statuses.Length);
        var storage = nodes.EphemeralStorage.From(first, statuses.Length);
        var pods = nodes.Pods.From(first, statuses.Length);
        for (var i = 0; i < statuses.Length; i++)
        {
            var fits = pods[i] >= 1 && (want.MilliCpu == 0 || want.MilliCpu <= cpu[i]) && (want.Memory == 0 || want.Memory <= memory[i])
                && (want.EphemeralStorage == 0 || want.EphemeralStorage <= storage[i]) && want.Scalars.Count == 0;
            if (!fits && statuses[i].IsSuccess && nodes[first + i] is { } node) statuses[i] = Filter(state, pod, node);
        }
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node) => _scorer.Score(state, pod, node);

    private PluginStatus Refusal(ReadOnlySpan<bool> native, Resources want, Resources have, Resources used, ExtendedResources devices)
    {
        var scalars = want.Scalars.Where(s => s.Value > 0 && !IsIgnored(s.Key) && s.Value > have.Scalars.GetValueOrDefault(s.Key) - used.Scalars.GetValueOrDefault(s.Key))
            .Select(s => s.Key).Where(name => !devices.IsDelegated(name, have)).Order(StringComparer.Ordinal).ToList();
        var count = native.Count(true);
        if (count == 0 && scalars.Count == 0) return PluginStatus.Success;
        // A pod larger than the whole node doesn't fit, whoever leaves.
        var forGood = want.MilliCpu > have.MilliCpu || want.Memory > have.Memory || want.EphemeralStorage > have.EphemeralStorage
            || scalars.Exists(name => want.Scalars[name] > have.Scalars.GetValueOrDefault(name));
        if (count == 1 && scalars.Count == 0) return (forGood ? SingleForGood : Single)[native.IndexOf(true)];
        var reasons = new List<string>();
        for (var i = 0; i < native.Length; i++)
        {
            if (native[i]) reasons.Add(Reasons[i]);
        }
        reasons.AddRange(scalars.Select(name => $"Insufficient {name}"));
        return forGood ? PluginStatus.Unresolvable([.. reasons]) : PluginStatus.Unschedulable([.. reasons]);
    }

    private bool IsIgnored(string resource) =>
        _ignored.Count + _ignoredGroups.Count > 0 && ResourceNames.IsExtended(resource)
        && (_ignored.Contains(resource) || _ignoredGroups.Contains(resource[..resource.IndexOf('/', StringComparison.Ordinal)]));

    private bool HasGrown(PodInfo pod, ClusterEvent change)
    {
        var now = Resources.From(change.Node!.Status.Allocatable);
        if (!Covers(now, pod.Requests)) return false;
        if (change.OldNode is null) return true;
        var before = Resources.From(change.OldNode.Status.Allocatable);
        return now.AllowedPods > before.AllowedPods || now.IsLargerIn(before, among: pod.Requests)
            || pod.Requests.Scalars.Any(s => s.Value > 0 && _devices?.IsDelegated(s.Key, now) == true);
    }

    // A class that has the name already was no help before.
    private static bool StandsForNow(ClusterEvent change, string resource) =>
        ExtendedResources.StandsFor((DeviceClass)change.Object!, resource) && (change.OldObject is not DeviceClass old || !ExtendedResources.StandsFor(old, resource));

    private bool Covers(Resources have, Resources want) =>
        want.MilliCpu <= have.MilliCpu && want.Memory <= have.Memory && want.EphemeralStorage <= have.EphemeralStorage
        && want.Scalars.All(s => s.Value <= have.Scalars.GetValueOrDefault(s.Key) || _devices?.IsDelegated(s.Key, have) == true);
}
