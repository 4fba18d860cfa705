using Sampan.Api.Resource.V1;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// Finds the devices that a pod's ResourceClaims ask for (structured parameters), and reserves the claims for the pod.
/// Classes and requests with selectors need CEL expressions; pods that need them are told that they are not supported.
/// </summary>
internal sealed class DynamicResources : IPreFilterPlugin, IFilterPlugin, IPostFilterPlugin, IReservePlugin, IPreBindPlugin, IEnqueueExtension, IConnectedPlugin
{
    private static readonly PluginStatus NotHere = PluginStatus.Unschedulable("resourceclaim not available on the node");
    private static readonly PluginStatus NoDevices = PluginStatus.Unschedulable("cannot allocate all claims");
    private static readonly PostFilterResult NothingToFree = new(PluginStatus.Unschedulable("no new claims to deallocate"));
    private static readonly PostFilterResult StillNot = new(PluginStatus.Unschedulable("still not schedulable"));

    private PluginContext? _context;

    public string Name => nameof(DynamicResources);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.ResourceClaim | ClusterEventKind.ResourceSlice | ClusterEventKind.DeviceClass | ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel),
    ];

    public IDisposable Connect(PluginContext context)
    {
        _context = context;
        return new Subscriptions(
            context.Keep<ResourceClaim>(ClusterEventKind.ResourceClaim),
            context.Keep<ResourceSlice>(ClusterEventKind.ResourceSlice),
            context.Keep<DeviceClass>(ClusterEventKind.DeviceClass));
    }

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        if (pod.Pod.Spec.ResourceClaims is not { Count: > 0 }) return new(PluginStatus.Skip);
        var (claims, problem) = PodResourceClaims.Of(pod, cluster.Objects);
        if (claims is null) return new(PluginStatus.Unresolvable(problem!));
        if (claims.Count == 0) return new(PluginStatus.Skip);
        state.Write(new Search(claims, new DevicePools(cluster.Objects.Of<ResourceSlice>().All, cluster.Objects.Of<ResourceClaim>().All)));
        return default;
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var search = state.Read<Search>()!;
        foreach (var claim in search.Claims)
        {
            if (claim.Status.Allocation?.NodeSelector is { } selector && !NodeSelectorTerms.Matches(selector, node.Node!)) return NotHere;
        }
        var open = search.Claims.FindAll(claim => claim.Status.Allocation is null);
        if (open.Count == 0) return PluginStatus.Success;
        if (new DeviceAllocator(search.Pools, open, node.Node!).Allocate() is not { } choices) return NoDevices;
        search.ByNode[node.Name] = choices;
        return PluginStatus.Success;
    }

    /// <summary>Devices that nobody uses any more may be held for nothing: they are given back before anybody is evicted.</summary>
    public PostFilterResult PostFilter(CycleState state, PodInfo pod, Diagnosis diagnosis, IFilterRunner filters)
    {
        if (state.Read<Search>() is not { } search) return NothingToFree;
        var idle = search.Claims.Find(claim => claim.Status is { Allocation: not null, ReservedFor: null or { Count: 0 } });
        if (idle is null || _context is not { } context) return StillNot;
        _ = DeallocateAsync(context, idle);
        return new(PluginStatus.Unschedulable("deallocation of ResourceClaim completed"));
    }

    public PluginStatus Reserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Read<Search>() is not { } search) return PluginStatus.Success;
        var allocated = AllocatedClaims.From(pod, search.Claims, search.ByNode.GetValueOrDefault(node, []), node, state.Cluster.Objects);
        allocated.Assume(state.Cluster.Objects);
        state.Write(allocated);
        return PluginStatus.Success;
    }

    public void Unreserve(CycleState state, PodInfo pod, string node) => state.Read<AllocatedClaims>()?.Restore(state.Cluster.Objects);

    public bool HasWork(CycleState state) => state.Read<AllocatedClaims>() is not null;

    public async Task<PluginStatus> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct)
    {
        if (_context is not { } context) return PluginStatus.Success;
        try
        {
            foreach (var claim in state.Read<AllocatedClaims>()!.Claims) await WriteAsync(context.Client, claim, ct);
            return PluginStatus.Success;
        }
        catch (StatusException e)
        {
            return PluginStatus.Error($"reserving resource claims: {e.Message}");
        }
    }

    // The finalizer first: devices must not be lost with a claim.
    private static async Task WriteAsync(ApiClient client, ResourceClaim claim, CancellationToken ct)
    {
        var protectedClaim = await client.Of<ResourceClaim>().UpdateAsync(claim, ct);
        var status = claim.DeepClone();
        status.Metadata.ResourceVersion = protectedClaim.Metadata.ResourceVersion;
        await client.Of<ResourceClaim>().UpdateStatusAsync(status, ct);
    }

    private static async Task DeallocateAsync(PluginContext context, ResourceClaim claim)
    {
        try
        {
            var free = claim.DeepClone();
            free.Status.Allocation = null;
            await context.Client.Of<ResourceClaim>().UpdateStatusAsync(free, context.Stopping);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or OperationCanceledException)
        {
            // Somebody else has changed the claim; the pod is tried again with what it is then.
        }
    }

    private sealed record Search(List<ResourceClaim> Claims, DevicePools Pools)
    {
        public Dictionary<string, IReadOnlyList<DeviceChoice>> ByNode { get; } = [];
    }
}
