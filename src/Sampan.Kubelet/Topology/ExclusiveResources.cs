using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Nodes;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Container = Sampan.Api.Core.V1.Container;

namespace Sampan.Kubelet.Topology;

/// <summary>All that only one container can have: devices, and by policy processors and memory of its own.</summary>
/// <param name="Cpus">Null where all share.</param>
/// <param name="Memory">Null where it comes from anywhere.</param>
internal sealed record ExclusiveResources(DeviceManager Devices, CpuManager? Cpus, MemoryManager? Memory, TopologyManager Topology)
{
    /// <summary>Writes down by which policies this kubelet gives out, before it does: one of other policies does not start over that.</summary>
    public Action Record { get; private init; } = () => { };

    /// <exception cref="ConfigurationException">The policies want something else reserved, or an earlier kubelet of another policy gave out what this one cannot keep.</exception>
    public static ExclusiveResources Create(KubeletConfiguration configuration, NodeCapacity capacity, DeviceManager devices, Machine machine, string rootDirectory, MetricRegistry metrics, TimeProvider time)
    {
        var cpuState = new CpuCheckpoint(Path.Combine(rootDirectory, "cpu_manager_state"), configuration.CpuManagerPolicy);
        var cpus = configuration.CpuManagerPolicy == CpuCheckpoint.Static
            ? new CpuManager(machine, ReservedCpus(configuration, machine), CpuOptions.From(configuration.CpuManagerPolicyOptions), cpuState)
            : null;
        var memoryState = new MemoryCheckpoint(Path.Combine(rootDirectory, "memory_manager_state"), configuration.MemoryManagerPolicy);
        var memory = configuration.MemoryManagerPolicy == MemoryCheckpoint.Static
            ? new MemoryManager(machine, ReservedMemory(configuration, capacity), memoryState)
            : null;
        if (cpus is null)
        {
            cpuState.Read();
        }

        if (memory is null)
        {
            memoryState.Read();
        }

        if (cpus is not null)
        {
            TopologyMetrics.Show(metrics, cpus);
        }

        return Compose(configuration, devices, cpus, memory, machine, new TopologyMetrics(metrics), time) with
        {
            Record = () =>
            {
                cpuState.Write(cpus?.Assignments ?? CpuState.None.Exclusive, cpus?.Shared ?? CpuSet.Empty);
                memoryState.Write(memory?.Blocks ?? [], memory?.State ?? []);
            },
        };
    }

    /// <summary>Devices alone, wherever they are: for a simulated node.</summary>
    public static ExclusiveResources OnlyDevices(DeviceManager devices, MetricRegistry metrics, TimeProvider time) =>
        Compose(new KubeletConfiguration(), devices, null, null, new Machine([], []), new TopologyMetrics(metrics), time);

    /// <summary>Gives a container that is about to start what it has.</summary>
    /// <exception cref="StartFailure">A device plugin refuses.</exception>
    public async Task PrepareAsync(Pod pod, Container container, Cri.ContainerConfig config, CancellationToken cancellationToken)
    {
        await Devices.PrepareAsync(pod, container, config, cancellationToken);
        config.Linux.Resources.CpusetCpus = Cpus?.For(pod.Metadata.Uid, container.Name).ToString() ?? "";
        config.Linux.Resources.CpusetMems = Memory?.NodesOf(pod.Metadata.Uid, container.Name)?.ToString() ?? "";
    }

    /// <summary>Takes back what pods have that are no more.</summary>
    /// <param name="isKnown">Whether somebody has the pod with this UID; asked after it is seen who has something, and only while no pod can begin.</param>
    public void Retain(Func<string, bool> isKnown)
    {
        var holders = Devices.Allocated.Select(a => a.PodUid)
            .Concat(Cpus?.Holders ?? [])
            .Concat(Memory?.Blocks.Select(b => b.PodUid) ?? [])
            .Distinct()
            .Where(uid => !isKnown(uid))
            .ToList();
        holders.ForEach(Topology.Release);
    }

    private static ExclusiveResources Compose(KubeletConfiguration configuration, DeviceManager devices, CpuManager? cpus, MemoryManager? memory, Machine machine, TopologyMetrics metrics, TimeProvider time)
    {
        IReadOnlyList<IResourceProvider> providers = [devices, .. cpus is null ? (IResourceProvider[])[] : [cpus], .. memory is null ? (IResourceProvider[])[] : [memory]];
        var options = TopologyOptions.From(configuration.TopologyManagerPolicyOptions);
        if (configuration.TopologyManagerPolicy != TopologyPolicy.None && machine.Nodes.Count > options.MostNodes)
        {
            throw new ConfigurationException($"unsupported on machines with more than {options.MostNodes} NUMA Nodes");
        }

        Func<ulong, ulong, bool> isCloser = options.IsClosestPreferred ? new NumaDistances(machine).IsCloser : NumaMask.IsNarrower;
        var topology = new TopologyManager(new TopologyPolicy(configuration.TopologyManagerPolicy, isCloser), configuration.TopologyManagerScope == "pod", machine.NumaNodes, providers, metrics, time);
        return new ExclusiveResources(devices, cpus, memory, topology);
    }

    private static CpuSet ReservedCpus(KubeletConfiguration configuration, Machine machine)
    {
        if (configuration.ReservedSystemCpus.Length > 0)
        {
            return CpuSet.Parse(configuration.ReservedSystemCpus);
        }

        var milli = NodeCapacity.Reserved(configuration, PodResources.Cpu).AsMilli();
        return milli > 0
            ? CpuPicker.Pick(machine, machine.Cpus, (int)Math.Min((milli + 999) / 1000, machine.Cpus.Count))
            : throw new ConfigurationException("the static policy requires systemreserved.cpu + kubereserved.cpu to be greater than zero");
    }

    /// <summary>What is reserved node by node has to be what is reserved in all.</summary>
    private static Func<int, string, long> ReservedMemory(KubeletConfiguration configuration, NodeCapacity capacity)
    {
        var reserved = configuration.ReservedMemory.SelectMany(r => r.Limits.Select(l => (r.NumaNode, Resource: l.Key, Size: Quantity.Parse(l.Value).AsLong()))).ToList();
        var stated = reserved.Where(r => r.Resource == PodResources.Memory).Sum(r => r.Size);
        var kept = capacity.MemoryBytes - capacity.Allocatable[PodResources.Memory].AsLong();
        return stated == kept
            ? (node, resource) => reserved.Where(r => r.NumaNode == node && r.Resource == resource).Sum(r => r.Size)
            : throw new ConfigurationException($"the total amount \"{new Quantity(stated, QuantityFormat.BinarySI)}\" of type \"memory\" is not equal to the value \"{new Quantity(kept, QuantityFormat.BinarySI)}\" determined by Node Allocatable feature");
    }
}
