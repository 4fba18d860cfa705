using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Cgroups;

/// <summary>What pods and their containers may use, as the kernel and the runtime take it.</summary>
internal sealed class PodLimits(bool isVersion1, Func<long> memoryCapacity, CgroupRules rules)
{
    /// <summary>Whether a container may swap at all, by what its pod asks for.</summary>
    public bool MaySwap(Pod pod, Container container) => !isVersion1 && rules.Swap?.MaySwap(pod, container) == true;

    /// <summary>Of a pod as a whole.</summary>
    public CgroupResources ForPod(Pod pod) => OfClass(pod) with { Pids = rules.PodPids > 0 ? rules.PodPids : null, HugePages = HugePagesOf(pod) };

    /// <summary>The limits of a container.</summary>
    public Cri.LinuxContainerResources ForContainer(Pod pod, Container container)
    {
        var limit = PodResources.LimitOf(pod, container, PodResources.Cpu).AsMilli();
        var request = container.Resources.Requests.OrEmpty().TryGetValue(PodResources.Cpu, out var asked) ? asked.AsMilli() : limit;
        var resources = new Cri.LinuxContainerResources
        {
            CpuShares = Cpu.Shares(request),
            CpuQuota = Quota(limit, pod, container.Name),
            CpuPeriod = rules.HasQuota ? Cpu.Period : 0,
            MemoryLimitInBytes = PodResources.LimitOf(pod, container, PodResources.Memory).AsLong(),
            OomScoreAdj = OomScore.Of(pod, container, memoryCapacity()),
            HugepageLimits = { rules.HugePages.Select(size => new Cri.HugepageLimit { PageSize = size.Name, Limit = (ulong)PodResources.Value(container.Resources.Limits, size.Resource).AsLong() }) },
        };
        rules.Swap?.Apply(pod, container, isVersion1, resources);
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
        CpuPeriod = rules.HasQuota ? Cpu.Period : 0,
        CpuQuota = rules.HasQuota ? Cpu.Quota(cpuLimit.AsMilli()) : 0,
        MemoryLimitInBytes = memoryLimit.AsLong(),
    });

    /// <summary>The processes of a container die together: half of one is of no use to anybody.</summary>
    private Cri.LinuxContainerResources Grouped(Cri.LinuxContainerResources resources)
    {
        if (!isVersion1 && rules.KillsOneProcess != true)
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

    private long Quota(long milliCores, Pod pod, string? container) =>
        !rules.HasQuota ? 0 : rules.HasOwnCpus(pod.Metadata.Uid, container) ? Cpu.Unlimited : Cpu.Quota(milliCores);

    /// <summary>What is not asked for is not given.</summary>
    private Dictionary<string, long> HugePagesOf(Pod pod) =>
        rules.HugePages.ToDictionary(size => size.Name, size => PodResources.Request(pod, size.Resource).AsLong());

    private CgroupResources OfClass(Pod pod)
    {
        if (QosClass.Of(pod) == QosClass.BestEffort)
        {
            return new CgroupResources(Cpu.MinShares);
        }

        return new CgroupResources(
            Cpu.Shares(PodResources.Request(pod, PodResources.Cpu).AsMilli()),
            rules.HasQuota && PodResources.Limit(pod, PodResources.Cpu) is { } cpu ? Quota(cpu.AsMilli(), pod, null) : null,
            PodResources.Limit(pod, PodResources.Memory)?.AsLong());
    }
}
