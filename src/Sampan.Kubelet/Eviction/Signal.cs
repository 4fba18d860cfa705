using Sampan.Api;

namespace Sampan.Kubelet.Eviction;

/// <summary>What of the node can run short, by upstream's names, and which condition says so.</summary>
internal static class Signal
{
    public const string MemoryAvailable = "memory.available";

    /// <summary>What all pods together may still take: reservations are not theirs.</summary>
    public const string AllocatableMemory = "allocatableMemory.available";

    public const string NodeFsAvailable = "nodefs.available";
    public const string NodeFsInodesFree = "nodefs.inodesFree";
    public const string ImageFsAvailable = "imagefs.available";
    public const string ImageFsInodesFree = "imagefs.inodesFree";
    public const string PidAvailable = "pid.available";

    /// <summary>Those for which a threshold may be set.</summary>
    public static readonly IReadOnlyList<string> Names = [MemoryAvailable, NodeFsAvailable, NodeFsInodesFree, ImageFsAvailable, ImageFsInodesFree, PidAvailable];

    /// <summary>What pods are told that the node ran short of.</summary>
    public static string ResourceOf(string signal) => signal switch
    {
        MemoryAvailable or AllocatableMemory => "memory",
        PidAvailable => "pids",
        NodeFsInodesFree or ImageFsInodesFree => "inodes",
        _ => "ephemeral-storage",
    };

    /// <summary>An amount as messages tell it: bytes by 1024, what is counted by 1000.</summary>
    public static Quantity Amount(string signal, long amount) =>
        new(amount, signal is PidAvailable or NodeFsInodesFree or ImageFsInodesFree ? QuantityFormat.DecimalSI : QuantityFormat.BinarySI);

    public static string ConditionOf(string signal) => signal switch
    {
        MemoryAvailable or AllocatableMemory => "MemoryPressure",
        PidAvailable => "PIDPressure",
        _ => "DiskPressure",
    };
}
