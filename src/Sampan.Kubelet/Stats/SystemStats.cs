using Sampan.Kubelet.Cgroups;

namespace Sampan.Kubelet.Stats;

/// <summary>What one of the node's own groups of processes uses.</summary>
internal sealed record SystemStats(string Name, CpuStats Cpu, MemoryStats Memory, Pressure? Io)
{
    /// <summary>All pods together.</summary>
    public const string Pods = "pods";
}
