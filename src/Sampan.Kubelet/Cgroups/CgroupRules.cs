namespace Sampan.Kubelet.Cgroups;

/// <summary>What the node's configuration and machine say of all groups.</summary>
internal sealed record CgroupRules
{
    /// <summary>How many processes a pod may have; -1 for any number.</summary>
    public long PodPids { get; init; } = -1;

    /// <summary>Whether limits of processor time are in force.</summary>
    public bool HasQuota { get; init; } = true;

    /// <summary>Whether a container by its pod's UID, or any of the pod's where none is named, has processors for itself: nothing keeps it from using them up.</summary>
    public Func<string, string?, bool> HasOwnCpus { get; init; } = (_, _) => false;

    public IReadOnlyList<HugePageSize> HugePages { get; init; } = [];

    /// <summary>Whether a container without memory loses one of its processes only, not all; null for as the kernel's groups can.</summary>
    public bool? KillsOneProcess { get; init; }

    /// <summary>Null where groups cannot limit swap.</summary>
    public SwapLimits? Swap { get; init; }
}
