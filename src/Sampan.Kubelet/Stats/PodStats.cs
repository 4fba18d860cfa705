using Sampan.Api.Core.V1;
using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>What a pod uses, as a whole and by its containers.</summary>
internal sealed record PodStats(Pod Pod, DateTimeOffset StartedAt, IReadOnlyList<ContainerStats> Containers, CpuStats? Cpu, MemoryStats? Memory)
{
    public Lazy<IReadOnlyList<NetworkInterfaceUsage>> Network { get; init; } = new([]);

    public IReadOnlyList<VolumeStats> Volumes { get; init; } = [];

    public FileSystemStats? EphemeralStorage { get; init; }

    public long? Processes { get; init; }

    public Pressure? Io { get; init; }
}
