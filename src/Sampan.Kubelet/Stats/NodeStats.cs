using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>What the node uses: the machine, the pods together, and the file systems of the kubelet and of images.</summary>
internal sealed record NodeStats(string Name, DateTimeOffset Time, HostUsage Host, CpuStats Cpu, MemoryStats Memory, IReadOnlyList<PodStats> Pods)
{
    /// <summary>What keeps the node going: the kubelet, and all pods together.</summary>
    public IReadOnlyList<SystemStats> Systems { get; init; } = [];

    public Pressure? Io { get; init; }

    public IReadOnlyList<NetworkInterfaceUsage> Network { get; init; } = [];

    public FileSystemStats? FileSystem { get; init; }

    public FileSystemStats? ImageFileSystem { get; init; }

    public (long Max, long Current)? Processes { get; init; }
}
