using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>A volume that is labelled with zones can be used by nodes of those zones only.</summary>
internal sealed class VolumeZone : IPreFilterPlugin, IFilterPlugin, IEnqueueExtension, IConnectedPlugin
{
    private static readonly PluginStatus OtherZone = PluginStatus.Unresolvable("node(s) had no available volume zone");

    // Old label, and the one of today that nodes may have in its place.
    private static readonly (string Label, string Today)[] Labels =
    [
        ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
        ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
        ("topology.kubernetes.io/zone", "topology.kubernetes.io/zone"),
        ("topology.kubernetes.io/region", "topology.kubernetes.io/region"),
    ];

    public string Name => nameof(VolumeZone);

    public IReadOnlyList<EventHint> EventsToRegister { get; } =
    [
        new(ClusterEventKind.StorageClass, static (_, change) => change.OldObject is null && PodClaims.WaitsForConsumer((StorageClass)change.Object!)),
        new(ClusterEventKind.NodeAdd | ClusterEventKind.NodeLabel),
        new(ClusterEventKind.PersistentVolumeClaim, static (pod, change) => PodClaims.Uses(pod, (PersistentVolumeClaim)change.Object!)),
        new(ClusterEventKind.PersistentVolume, static (_, change) => change.OldObject is not PersistentVolume old
            || Labels.Any(label => old.Metadata.Labels?.GetValueOrDefault(label.Label) != change.Object!.Metadata.Labels?.GetValueOrDefault(label.Label))),
    ];

    public IDisposable Connect(PluginContext context) => new Subscriptions(
        context.Keep<PersistentVolume>(ClusterEventKind.PersistentVolume),
        context.Keep<PersistentVolumeClaim>(ClusterEventKind.PersistentVolumeClaim),
        context.Keep<StorageClass>(ClusterEventKind.StorageClass));

    public PreFilterResult PreFilter(CycleState state, PodInfo pod, SchedulerCache cluster)
    {
        var zones = new List<Zone>();
        foreach (var volume in pod.Pod.Spec.Volumes.OrEmpty())
        {
            if (volume.PersistentVolumeClaim is not { } source) continue;
            if (Add(zones, pod, source.ClaimName, cluster.Objects) is { } problem) return new(PluginStatus.Unresolvable(problem));
        }
        if (zones.Count == 0) return new(PluginStatus.Skip);
        state.Write(zones);
        return default;
    }

    public PluginStatus Filter(CycleState state, PodInfo pod, NodeInfo node)
    {
        var labels = node.Node!.Metadata.Labels.OrEmpty();
        if (!Labels.Any(label => labels.ContainsKey(label.Label))) return PluginStatus.Success;      // a cluster without zones
        foreach (var zone in state.Read<List<Zone>>()!)
        {
            if ((labels.GetValueOrDefault(zone.Label) ?? labels.GetValueOrDefault(zone.Today)) is not { } value || !zone.Values.Contains(value)) return OtherZone;
        }
        return PluginStatus.Success;
    }

    private static string? Add(List<Zone> zones, PodInfo pod, string name, ClusterObjects objects)
    {
        if (name.Length == 0) return "PersistentVolumeClaim had no name";
        if (objects.Of<PersistentVolumeClaim>().Find(name, pod.Key.Namespace) is not { } claim) return $"persistentvolumeclaim \"{name}\" not found";
        if (string.IsNullOrEmpty(claim.Spec.VolumeName)) return WhyUnbound(claim, objects);
        if (objects.Of<PersistentVolume>().Find(claim.Spec.VolumeName) is not { } volume) return $"persistentvolume \"{claim.Spec.VolumeName}\" not found";
        foreach (var (label, today) in Labels)
        {
            // Zones of a volume that spans several are joined by two underscores.
            if (volume.Metadata.Labels?.GetValueOrDefault(label) is { } value) zones.Add(new(label, today, [.. value.Split("__", StringSplitOptions.TrimEntries)]));
        }
        return null;
    }

    private static string? WhyUnbound(PersistentVolumeClaim claim, ClusterObjects objects)
    {
        if (PodClaims.ClassOf(claim) is not { Length: > 0 } name) return "PersistentVolumeClaim had no pv name and storageClass name";
        if (objects.Of<StorageClass>().Find(name) is not { } storageClass) return $"storageclass.storage.k8s.io \"{name}\" not found";
        if (storageClass.VolumeBindingMode is null) return $"VolumeBindingMode not set for StorageClass \"{name}\"";
        return PodClaims.WaitsForConsumer(storageClass) ? null : "PersistentVolume had no name";
    }

    private sealed record Zone(string Label, string Today, HashSet<string> Values);
}
