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
internal sealed class PodCgroups(ICgroups cgroups, string root, Func<long> memoryCapacity, CgroupRules rules)
{
    private readonly string _root = root.TrimEnd('/') + "/kubepods";

    public bool IsVersion1 => cgroups.Version == 1;

    /// <summary>Whether a container may swap at all, by what its pod asks for.</summary>
    public bool MaySwap(Pod pod, Container container) => !IsVersion1 && rules.Swap?.MaySwap(pod, container) == true;

    private string[] Levels => [_root, _root + "/burstable", _root + "/besteffort"];

    /// <summary>Creates the levels above the pods.</summary>
    public void EnsureTree(long milliCores)
    {
        cgroups.Ensure(_root, new CgroupResources(Cpu.Shares(milliCores)));
        cgroups.Ensure(_root + "/burstable", CgroupResources.None);
        cgroups.Ensure(_root + "/besteffort", new CgroupResources(Cpu.MinShares));
    }

    /// <summary>Limits all pods together.</summary>
    /// <exception cref="IOException">The kernel does not take it, since they use more.</exception>
    public void LimitAll(long milliCores, long memoryBytes) => cgroups.Ensure(_root, new CgroupResources(Cpu.Shares(milliCores), MemoryBytes: memoryBytes));

    /// <summary>Limits a group beside the pods' that others have made.</summary>
    /// <exception cref="IOException">There is none, or the kernel does not take it.</exception>
    public void LimitExisting(string path, CgroupResources resources)
    {
        var group = "/" + path.Trim('/');
        if (cgroups.Usage(group) is null)
        {
            throw new IOException($"cgroup {group} does not exist");
        }

        cgroups.Ensure(group, resources);
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

    /// <summary>The processes of one container or sandbox; none where the runtime names its groups differently.</summary>
    public IReadOnlyList<int> ProcessesOf(Pod pod, string containerId) => cgroups.Processes($"{PathOf(pod)}/{containerId}");

    public Pressures PressuresOf(Pod pod, string containerId) => cgroups.PressuresOf($"{PathOf(pod)}/{containerId}");

    /// <summary>What the kubelet's own group uses; null where it shares the root's with everybody.</summary>
    public CgroupUsage? UsageOfKubelet() => OwnGroup.Path is { } path ? cgroups.Usage(path) : null;

    /// <summary>What a group beside the pods' uses; null where there is none.</summary>
    public CgroupUsage? UsageOfGroup(string path) => cgroups.Usage("/" + path.Trim('/'));

    /// <summary>What the whole machine uses, by its root group.</summary>
    public CgroupUsage? UsageOfRoot() => cgroups.Usage("/");

    /// <summary>What one level of the tree uses, by its path.</summary>
    public IEnumerable<(string Path, CgroupUsage Usage)> UsageOfLevels() => Levels.Select(l => (l, cgroups.Usage(l))).Where(l => l.Item2 is not null)!;

    /// <summary>What all pods use together.</summary>
    public CgroupUsage? UsageOfAll() => cgroups.Usage(_root);

    public void Ensure(Pod pod) => cgroups.Ensure(PathOf(pod), ForPod(pod) with { Pids = rules.PodPids > 0 ? rules.PodPids : null, HugePages = HugePagesOf(pod) });

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
        var limit = PodResources.LimitOf(pod, container, PodResources.Cpu).AsMilli();
        var resources = new Cri.LinuxContainerResources
        {
            CpuShares = Cpu.Shares(PodResources.RequestOf(container, PodResources.Cpu).AsMilli()),
            CpuQuota = rules.HasQuota ? Cpu.Quota(limit) : 0,
            CpuPeriod = Cpu.Period,
            MemoryLimitInBytes = PodResources.LimitOf(pod, container, PodResources.Memory).AsLong(),
            OomScoreAdj = OomScore.Of(pod, container, memoryCapacity()),
            HugepageLimits = { rules.HugePages.Select(size => new Cri.HugepageLimit { PageSize = size.Name, Limit = (ulong)PodResources.Value(container.Resources.Limits, size.Resource).AsLong() }) },
        };
        rules.Swap?.Apply(pod, container, IsVersion1, resources);
        return Grouped(resources);
    }

    /// <summary>What all containers of a pod may use together, for runtimes that make a machine of it.</summary>
    public Cri.LinuxContainerResources ForSandbox(Pod pod) => Told(Value(pod, request: true, PodResources.Cpu), Value(pod, request: false, PodResources.Cpu), Value(pod, request: false, PodResources.Memory));

    /// <summary>What the sandbox itself takes beside its containers.</summary>
    public Cri.LinuxContainerResources OverheadOf(Pod pod)
    {
        var cpu = PodResources.Value(pod.Spec.Overhead, PodResources.Cpu);
        return pod.Spec.Overhead is { Count: > 0 } ? Told(cpu, cpu, PodResources.Value(pod.Spec.Overhead, PodResources.Memory)) : new();
    }

    private Cri.LinuxContainerResources Told(Quantity cpuRequest, Quantity cpuLimit, Quantity memoryLimit) => Grouped(new()
    {
        CpuShares = Cpu.Shares((cpuRequest.IsZero ? cpuLimit : cpuRequest).AsMilli()),
        CpuPeriod = Cpu.Period,
        CpuQuota = rules.HasQuota ? Cpu.Quota(cpuLimit.AsMilli()) : 0,
        MemoryLimitInBytes = memoryLimit.AsLong(),
    });

    /// <summary>The processes of a container die together: half of one is of no use to anybody.</summary>
    private Cri.LinuxContainerResources Grouped(Cri.LinuxContainerResources resources)
    {
        if (!IsVersion1 && rules.KillsOneProcess != true)
        {
            resources.Unified["memory.oom.group"] = "1";
        }

        return resources;
    }

    /// <summary>Without the overhead; containers without a limit count for nothing.</summary>
    private static Quantity Value(Pod pod, bool request, string resource)
    {
        var whole = request ? pod.Spec.Resources?.Requests : pod.Spec.Resources?.Limits;
        return whole.OrEmpty().TryGetValue(resource, out var own)
            ? own
            : PodResources.Total(pod, c => request ? PodResources.RequestOf(c, resource) : PodResources.Value(c.Resources.Limits, resource));
    }

    /// <summary>What is not asked for is not given.</summary>
    private Dictionary<string, long> HugePagesOf(Pod pod) =>
        rules.HugePages.ToDictionary(size => size.Name, size => PodResources.Request(pod, size.Resource).AsLong());

    private CgroupResources ForPod(Pod pod)
    {
        if (QosClass.Of(pod) == QosClass.BestEffort)
        {
            return new CgroupResources(Cpu.MinShares);
        }

        return new CgroupResources(
            Cpu.Shares(PodResources.Request(pod, PodResources.Cpu).AsMilli()),
            rules.HasQuota && PodResources.Limit(pod, PodResources.Cpu) is { } cpu ? Cpu.Quota(cpu.AsMilli()) : null,
            PodResources.Limit(pod, PodResources.Memory)?.AsLong());
    }
}
