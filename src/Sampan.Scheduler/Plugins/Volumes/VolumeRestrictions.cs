using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Disks that only one node, or only one pod (ReadWriteOncePod), may use.</summary>
internal sealed class VolumeRestrictions : IPreFilterPlugin, IFilterPlugin, IEnqueueExtension, IConnectedPlugin
{
    private static readonly PluginStatus DiskTaken = PluginStatus.Unschedulable("node(s) had no available disk");
    private static readonly PluginStatus ClaimTaken = PluginStatus.Unschedulable(
        "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod");

    public string Name => nameof(VolumeRestrictions);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.AssignedPodDelete, static (pod, change) => SharesVolume(pod, change.Pod!)),
        new(ClusterEventKind.NodeAdd),
        new(ClusterEventKind.PersistentVolumeClaim, static (pod, change) => PodClaims.Uses(pod, (PersistentVolumeClaim)change.Object!)),
    ];

    public IDisposable Connect(PluginContext context) => context.Keep<PersistentVolumeClaim>(ClusterEventKind.PersistentVolumeClaim);

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        var single = new List<string>();
        foreach (var (name, isEphemeral) in PodClaims.Names(pod.Pod))
        {
            if (isEphemeral) continue;
            if (cluster.Objects.Of<PersistentVolumeClaim>().Find(name, pod.Key.Namespace) is not { } claim)
            {
                return new(PluginStatus.Unresolvable($"persistentvolumeclaim \"{name}\" not found"));
            }
            if (claim.Spec.AccessModes.OrEmpty().Contains("ReadWriteOncePod")) single.Add(name);
        }
        if (single.Count == 0 && !pod.Pod.Spec.Volumes.OrEmpty().Any(DiskConflict.IsExclusive)) return new(PluginStatus.Skip);
        state.Write(new SingleUseClaims(single));
        return default;
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        foreach (var volume in pod.Pod.Spec.Volumes.OrEmpty())
        {
            if (DiskConflict.IsExclusive(volume) && node.Pods.Any(other => DiskConflict.Exists(volume, other.Pod))) return DiskTaken;
        }
        return IsTaken(state, pod) ? ClaimTaken : PluginStatus.Success;
    }

    // Anywhere in the cluster: the claim is one pod's alone.
    private static bool IsTaken(CycleState state, PodInfo pod) =>
        state.Read<SingleUseClaims>() is { } claims && claims.Names.Exists(name => state.Cluster.ClaimUsers.HasAny(pod.Key.Namespace, name));

    private static bool SharesVolume(PodInfo pod, PodInfo gone) =>
        pod.Pod.Spec.Volumes.OrEmpty().Any(volume => DiskConflict.IsExclusive(volume) && DiskConflict.Exists(volume, gone.Pod))
        || (pod.Key.Namespace == gone.Key.Namespace && PodClaims.Names(pod.Pod).Intersect(PodClaims.Names(gone.Pod)).Any());

    private sealed record SingleUseClaims(List<string> Names);
}
