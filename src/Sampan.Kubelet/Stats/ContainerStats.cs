using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>What a running container uses.</summary>
internal sealed record ContainerStats(string Name, string Id, string Image, DateTimeOffset StartedAt, CpuStats? Cpu, MemoryStats? Memory)
{
    public FileSystemStats? RootFs { get; init; }

    public FileSystemStats? Logs { get; init; }

    public Pressure? Io { get; init; }
}
