using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// The tree of groups that pods run in, one level for each class of service:
/// <code>
/// kubepods/podUID                guaranteed
///         /burstable/podUID
///         /besteffort/podUID
/// </code>
/// </summary>
internal sealed class PodCgroups(ICgroups cgroups, string root, Func<long> memoryCapacity, long podPidsLimit = -1, bool hasQuota = true)
{
    private readonly string _root = root.TrimEnd('/') + "/kubepods";

    public bool IsVersion1 => cgroups is CgroupsV1;

    private string[] Levels => [_root, _root + "/burstable", _root + "/besteffort"];

    /// <summary>Creates the levels above the pods.</summary>
    public void EnsureTree(long milliCores, long memoryBytes)
    {
        cgroups.Ensure(_root, new CgroupResources(Cpu.Shares(milliCores), MemoryBytes: memoryBytes));
        cgroups.Ensure(_root + "/burstable", CgroupResources.None);
        cgroups.Ensure(_root + "/besteffort", new CgroupResources(Cpu.MinShares));
    }

    public string PathOf(Pod pod) => QosClass.Of(pod) switch
    {
        QosClass.Guaranteed => $"{_root}/pod{pod.Metadata.Uid}",
        QosClass.Burstable => $"{_root}/burstable/pod{pod.Metadata.Uid}",
        _ => $"{_root}/besteffort/pod{pod.Metadata.Uid}",
    };

    /// <summary>What a pod uses as a whole, pauses and all; null where it has no group.</summary>
    public CgroupUsage? UsageOf(Pod pod) => cgroups.Usage(PathOf(pod));

    /// <summary>What one container of a pod uses; null where the runtime names its groups differently.</summary>
    public CgroupUsage? UsageOf(Pod pod, string containerId) => cgroups.Usage($"{PathOf(pod)}/{containerId}");

    /// <summary>What all pods use together.</summary>
    public CgroupUsage? UsageOfAll() => cgroups.Usage(_root);

    public void Ensure(Pod pod) => cgroups.Ensure(PathOf(pod), ForPod(pod) with { Pids = podPidsLimit > 0 ? podPidsLimit : null });

    /// <summary>Removes the pod's groups, whichever class it had.</summary>
    public void Remove(string uid)
    {
        foreach (var level in Levels)
        {
            cgroups.Remove($"{level}/pod{uid}");
        }
    }

    /// <summary>The UIDs of all pods that have a group.</summary>
    public IEnumerable<string> Pods() =>
        Levels.SelectMany(cgroups.Children).Where(n => n.StartsWith("pod", StringComparison.Ordinal)).Select(n => n[3..]);

    /// <summary>Removes the whole tree, once no pod is left.</summary>
    public void RemoveTree() => cgroups.Remove(_root);

    /// <summary>The limits of a container.</summary>
    public Cri.LinuxContainerResources ForContainer(Pod pod, Container container)
    {
        var limit = PodResources.Value(container.Resources.Limits, PodResources.Cpu).AsMilli();
        return new Cri.LinuxContainerResources
        {
            CpuShares = Cpu.Shares(PodResources.RequestOf(container, PodResources.Cpu).AsMilli()),
            CpuQuota = hasQuota ? Cpu.Quota(limit) : 0,
            CpuPeriod = Cpu.Period,
            MemoryLimitInBytes = PodResources.Value(container.Resources.Limits, PodResources.Memory).AsLong(),
            OomScoreAdj = OomScore.Of(pod, container, memoryCapacity()),
        };
    }

    private CgroupResources ForPod(Pod pod)
    {
        if (QosClass.Of(pod) == QosClass.BestEffort)
        {
            return new CgroupResources(Cpu.MinShares);
        }

        return new CgroupResources(
            Cpu.Shares(PodResources.Request(pod, PodResources.Cpu).AsMilli()),
            hasQuota && PodResources.Limit(pod, PodResources.Cpu) is { } cpu ? Cpu.Quota(cpu.AsMilli()) : null,
            PodResources.Limit(pod, PodResources.Memory)?.AsLong());
    }
}
