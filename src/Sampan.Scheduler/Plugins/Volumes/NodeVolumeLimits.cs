using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>A CSI driver can attach so many volumes to a node, as its CSINode says.</summary>
internal sealed class NodeVolumeLimits : IPreFilterPlugin, IFilterPlugin, IEnqueueExtension, IConnectedPlugin
{
    private static readonly PluginStatus TooMany = PluginStatus.Unschedulable("node(s) exceed max volume count");

    public string Name => nameof(NodeVolumeLimits);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.CsiNode | ClusterEventKind.NodeAdd | ClusterEventKind.PersistentVolume),
        new(ClusterEventKind.VolumeAttachment, static (_, change) => change.IsDeletion),
        new(ClusterEventKind.AssignedPodDelete, static (_, change) => AttachedVolumes.HasAny(change.Pod!.Pod)),
        new(ClusterEventKind.PersistentVolumeClaim, static (pod, change) => PodClaims.Uses(pod, (PersistentVolumeClaim)change.Object!)),
    ];

    public IDisposable Connect(PluginContext context) => new Subscriptions(
        context.Keep<CSINode>(ClusterEventKind.CsiNode),
        context.Keep<VolumeAttachment>(ClusterEventKind.VolumeAttachment),
        context.Keep<PersistentVolume>(ClusterEventKind.PersistentVolume),
        context.Keep<PersistentVolumeClaim>(ClusterEventKind.PersistentVolumeClaim),
        context.Keep<StorageClass>(ClusterEventKind.StorageClass));

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster) =>
        new(AttachedVolumes.HasAny(pod.Pod) ? PluginStatus.Success : PluginStatus.Skip);

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var objects = state.Cluster.Objects;
        var csiNode = objects.Of<CSINode>().Find(node.Name);
        var volumes = new AttachedVolumes(objects, csiNode);
        var wanted = volumes.Of(pod);
        if (wanted.Count == 0) return PluginStatus.Success;
        var limits = csiNode?.Spec.Drivers.Where(d => d.Allocatable?.Count is not null).ToDictionary(d => d.Name, d => d.Allocatable!.Count!.Value) ?? [];
        if (limits.Count == 0) return PluginStatus.Success;
        var attached = OnNode(node, objects, volumes);
        foreach (var byDriver in wanted.Where(volume => !attached.Contains(volume)).GroupBy(volume => volume.Driver))
        {
            if (limits.TryGetValue(byDriver.Key, out var limit) && attached.Count(volume => volume.Driver == byDriver.Key) + byDriver.Count() > limit) return TooMany;
        }
        return PluginStatus.Success;
    }

    // Volumes of pods, and those that are attached without a pod (any more).
    private static HashSet<AttachedVolume> OnNode(NodeInfo node, ClusterObjects objects, AttachedVolumes volumes)
    {
        var attached = node.Pods.Where(other => AttachedVolumes.HasAny(other.Pod)).SelectMany(volumes.Of).ToHashSet();
        foreach (var attachment in objects.Of<VolumeAttachment>().All)
        {
            if (attachment.Spec.NodeName != node.Name || attachment.Spec.Source.PersistentVolumeName is not { } name) continue;
            if (volumes.OfVolume(objects.Of<PersistentVolume>().Find(name)) is { } volume) attached.Add(volume);
        }
        return attached;
    }
}
