using Sampan.Api.Resource.V1;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Finds the devices that a pod's ResourceClaims ask for (structured parameters), and reserves the claims for the pod.</summary>
internal sealed class DynamicResources(DynamicResourcesArgs? args = null, TimeProvider? time = null)
    : IPreEnqueuePlugin, IPreFilterPlugin, IFilterPlugin, IPostFilterPlugin, IPreScorePlugin, IScorePlugin, IReservePlugin, IPreBindPlugin, IEnqueueExtension, IConnectedPlugin
{
    // A request can have as many alternatives; the first one scores as much.
    private const int MaxAlternatives = 8;

    private static readonly PluginStatus NotHere = PluginStatus.Unresolvable("resourceclaim not available on the node");
    private static readonly PluginStatus NoDevices = PluginStatus.Unresolvable("cannot allocate all claims");
    private static readonly PostFilterResult NothingToFree = new(PluginStatus.Unschedulable("no new claims to deallocate"));
    private static readonly PluginStatus Leftover = PluginStatus.Unresolvable("cannot schedule extended resource claim");
    private static readonly PluginStatus NoResource = PluginStatus.Unresolvable("cannot fit resource");
    private static readonly PostFilterResult Deleted = new(PluginStatus.Unschedulable("deletion of ResourceClaim completed"));
    private static readonly PostFilterResult StillNot = new(PluginStatus.Unschedulable("still not schedulable"));

    private ClusterObjects? _objects;
    private ClaimWriter? _writer;
    private ExtendedClaimWriter? _extendedWriter;
    private TimeProvider _time = time ?? TimeProvider.System;

    public string Name => nameof(DynamicResources);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.ResourceClaim, static (pod, change) => ClaimChange.MayHelp(pod, (ResourceClaim)change.Object!)),
        new(ClusterEventKind.PodResourceClaims, static (pod, _) => PodResourceClaims.Names(pod.Pod).All(name => name is not null)),
        new(ClusterEventKind.ResourceSlice | ClusterEventKind.DeviceClass | ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel | ClusterEventKind.NodeTaint),
    ];

    public IDisposable Connect(PluginContext context)
    {
        _time = context.Time;
        context.Post(cluster => _objects = cluster.Objects);
        _extendedWriter = new ExtendedClaimWriter(context);
        _writer = new ClaimWriter(context, _extendedWriter, args?.BindingTimeout?.ToTimeSpan());
        return new Subscriptions(
            context.Keep<ResourceClaim>(ClusterEventKind.ResourceClaim),
            context.Keep<ResourceSlice>(ClusterEventKind.ResourceSlice),
            context.Keep<DeviceClass>(ClusterEventKind.DeviceClass));
    }

    /// <summary>Without its claims a pod is not worth a try.</summary>
    public PluginStatus PreEnqueue(PodInfo pod) =>
        _objects is not null && pod.Pod.Spec.ResourceClaims is { Count: > 0 } && PodResourceClaims.WhyNotThere(pod, _objects) is { } problem ? PluginStatus.Unresolvable(problem) : PluginStatus.Success;

    public ClusterEventKind OpenedBy => ClusterEventKind.ResourceClaim;

    public bool MayOpen(PodInfo pod, ClusterEvent change) => change is { IsDeletion: false, Object: ResourceClaim claim } && ClaimChange.IsOf(pod, claim);

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        var extended = ExtendedClaims.Of(pod, cluster.Objects);
        if (extended is null && pod.Pod.Spec.ResourceClaims is not { Count: > 0 }) return new(PluginStatus.Skip);
        var (claims, problem) = PodResourceClaims.Of(pod, cluster.Objects);
        if (claims is null) return new(PluginStatus.Unresolvable(problem!));
        if (claims.Count == 0 && extended is null) return new(PluginStatus.Skip);
        var open = claims.Where(claim => claim.Status.Allocation is null)
            .Select(claim => (claim, claim.Spec.Devices.Requests.OrEmpty().Select(request => WantedDevices.Alternatives(claim, request, cluster.Objects)).ToList()));
        state.Write(new Search(claims, extended, [.. open], DeviceLedger.Of(cluster.Objects)));
        return default;
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var search = state.Read<Search>()!;
        if (search.Extended?.Stale is not null) return Leftover;
        if (search.Extended?.IsMissing(node) == true) return NoResource;
        foreach (var claim in search.Claims)
        {
            if (claim.Status.Allocation?.NodeSelector is not { } selector || NodeSelectorTerms.Matches(selector, node.Node!)) continue;
            search.Unavailable.Add(claim);
            return NotHere;
        }
        var extended = search.Extended?.For(node);
        var open = extended is null ? search.Open : [.. search.Open, (extended.Claim, extended.Requests)];
        if (open.Count == 0) return PluginStatus.Success;
        try
        {
            if (new DeviceAllocator(search.Ledger, open, node.Node!, new SearchLimit(args, _time)).Allocate() is not { } choices) return NoDevices;
            search.ByNode[node.Name] = new(choices, extended);
            return PluginStatus.Success;
        }
        catch (AllocationException e)
        {
            return e.IsOfNode ? PluginStatus.Unresolvable(e.Message) : PluginStatus.Error(e.Message);
        }
    }

    /// <summary>Devices that nobody uses any more may be held for nothing: they are given back before anybody is evicted.</summary>
    public PostFilterResult PostFilter(CycleState state, PodInfo pod, Diagnosis diagnosis, IFilterRunner filters)
    {
        if (state.Read<Search>() is not { } search) return NothingToFree;
        var idle = search.Unavailable.FirstOrDefault(claim => claim.Status.ReservedFor.OrEmpty().All(consumer => consumer.Uid == pod.Uid));
        if (idle is null && search.Extended?.Stale is { } stale)
        {
            _ = _extendedWriter?.DeleteAsync(stale);
            return Deleted;
        }
        if (idle is null) return StillNot;
        if (_writer is not null) _ = _writer.DeallocateAsync(idle);
        return new(PluginStatus.Unschedulable("deallocation of ResourceClaim completed"));
    }

    public PluginStatus PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> nodes) =>
        state.Read<Search>()?.Open.Any(claim => claim.Requests.Exists(alternatives => alternatives.Count > 1)) == true ? PluginStatus.Success : PluginStatus.Skip;

    /// <summary>The more of the requests get their first choice, the better.</summary>
    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var search = state.Read<Search>()!;
        if (!search.ByNode.TryGetValue(node.Name, out var choices)) return 0;
        var chosen = choices.All.Select(choice => choice.Wanted).ToHashSet();
        return search.Open.SelectMany(claim => claim.Requests).Where(alternatives => alternatives.Count > 1)
            .Sum(alternatives => MaxAlternatives - alternatives.FindIndex(chosen.Contains));
    }

    public void NormalizeScore(CycleState state, PodInfo pod, Span<long> scores) => ScoreScale.Normalize(scores, reverse: false);

    public PluginStatus Reserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Read<Search>() is not { } search) return PluginStatus.Success;
        var allocated = AllocatedClaims.From(pod, search.Claims, search.ByNode.GetValueOrDefault(node, NodeChoices.None), node, state.Cluster.Objects);
        allocated.Assume(state.Cluster.Objects);
        state.Write(allocated);
        return PluginStatus.Success;
    }

    public void Unreserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Read<AllocatedClaims>() is not { } allocated) return;
        allocated.Restore(state.Cluster.Objects);
        if (_writer is not null) _ = _writer.UnreserveAsync(allocated, pod);
        _extendedWriter?.TakeBack(allocated);
    }

    public bool HasWork(CycleState state) => state.Read<AllocatedClaims>() is { Claims.Count: > 0 } or { Extended: not null };

    public async Task<PluginStatus> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct) =>
        _writer is not null ? await _writer.WriteAsync(state.Read<AllocatedClaims>()!, pod, ct) : PluginStatus.Success;

    private sealed record Search(
        List<ResourceClaim> Claims, ExtendedClaims? Extended, List<(ResourceClaim Claim, List<List<WantedDevices>> Requests)> Open, DeviceLedger Ledger)
    {
        public Dictionary<string, NodeChoices> ByNode { get; } = [];

        /// <summary>Allocated for other nodes.</summary>
        public HashSet<ResourceClaim> Unavailable { get; } = [];
    }
}
