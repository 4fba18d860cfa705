using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>
/// Places pods where their volumes are, and has volumes chosen or made where the pod goes (WaitForFirstConsumer).
/// <code>
/// PreFilter  claims of the pod         Filter   which volumes each node would use
/// Reserve    counts them as taken      PreBind  writes claim references and selected nodes, waits until all are bound
/// </code>
/// </summary>
internal sealed class VolumeBinding(VolumeBindingArgs? args = null) : IPreFilterPlugin, IFilterPlugin, IReservePlugin, IPreBindPlugin, IEnqueueExtension, IConnectedPlugin
{
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds((args ?? new()).BindTimeoutSeconds);
    private ClaimBinder? _binder;
    private SchedulerMetrics? _metrics;

    public string Name => nameof(VolumeBinding);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.PersistentVolume | ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel),
        new(ClusterEventKind.StorageClass, static (_, change) => !change.IsDeletion && (change.OldObject is not StorageClass old || !SameTopologies(old, (StorageClass)change.Object!))),
        new(ClusterEventKind.CsiDriver, static (_, change) => change is { IsDeletion: false, OldObject: CSIDriver { Spec.StorageCapacity: true } } && ((CSIDriver)change.Object!).Spec.StorageCapacity != true),
        new(ClusterEventKind.CsiStorageCapacity, static (_, change) => !change.IsDeletion
            && (change.OldObject is not CSIStorageCapacity old || Provisioning.LimitOf((CSIStorageCapacity)change.Object!) > Provisioning.LimitOf(old))),
        new(ClusterEventKind.PersistentVolumeClaim, static (pod, change) => PodClaims.Uses(pod, (PersistentVolumeClaim)change.Object!)),
    ];

    private static bool SameTopologies(StorageClass left, StorageClass right) =>
        new StorageClass { AllowedTopologies = left.AllowedTopologies }.DeepEquals(new() { AllowedTopologies = right.AllowedTopologies });

    public IDisposable Connect(PluginContext context)
    {
        (_binder, _metrics) = (new ClaimBinder(context, _timeout), context.Metrics);
        return new Subscriptions(
            context.Keep<PersistentVolume>(ClusterEventKind.PersistentVolume),
            context.Keep<PersistentVolumeClaim>(ClusterEventKind.PersistentVolumeClaim),
            context.Keep<StorageClass>(ClusterEventKind.StorageClass),
            context.Keep<CSIDriver>(ClusterEventKind.CsiDriver),
            context.Keep<CSIStorageCapacity>(ClusterEventKind.CsiStorageCapacity));
    }

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        if (!PodClaims.HasAny(pod.Pod)) return new(PluginStatus.Skip);
        var (claims, problem) = ClaimsOfPod.Of(pod, cluster.Objects);
        if (claims is null) return new(PluginStatus.Unresolvable(problem!));
        state.Write(new VolumeDecisions(claims, cluster.Objects));
        return default;
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node) => state.Read<VolumeDecisions>()!.Decide(node);

    public PluginStatus Reserve(CycleState state, PodInfo pod, string node)
    {
        if (state.Read<VolumeDecisions>()?.Of(node) is not { } decision) return PluginStatus.Success;
        var assumed = AssumedVolumes.From(decision, node);
        assumed.Assume(state.Cluster.Objects);
        state.Write(assumed);
        return PluginStatus.Success;
    }

    public void Unreserve(CycleState state, PodInfo pod, string node) => state.Read<AssumedVolumes>()?.Restore(state.Cluster.Objects);

    public bool HasWork(CycleState state) => state.Read<AssumedVolumes>() is not null;

    public async Task<PluginStatus> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken ct)
    {
        if (state.Read<AssumedVolumes>() is not { } assumed || _binder is not { } binder) return PluginStatus.Success;
        var status = await binder.BindAsync(assumed, node, ct);
        if (!status.IsSuccess) _metrics?.VolumesFailed("bind");
        return status;
    }
}
