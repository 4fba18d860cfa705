namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// The control groups of the host. A path is relative to the hierarchy's root, as the driver's names make it:
/// <c>/kubepods/burstable/pod…</c>.
/// </summary>
internal interface ICgroups
{
    /// <summary>Of the kernel's interface: 1 or 2.</summary>
    int Version => 2;

    /// <summary>How the driver names groups.</summary>
    ICgroupNames Names => CgroupfsNames.Instance;

    /// <summary>Whether the kernel counts swap for groups.</summary>
    bool CanLimitSwap { get; }

    /// <summary>Creates the group and its parents, and sets its limits.</summary>
    /// <exception cref="IOException">The kernel, or who else makes groups, does not take it.</exception>
    Task EnsureAsync(string path, CgroupResources resources, CancellationToken cancellationToken);

    /// <summary>Kills what still runs in the group, and removes it with all below it; a group that is gone is no error.</summary>
    /// <exception cref="IOException">It is still there.</exception>
    Task RemoveAsync(string path, CancellationToken cancellationToken);

    bool Exists(string path) => Usage(path) is not null;

    /// <summary>Kills what runs in the group and below it.</summary>
    void Kill(string path)
    {
    }

    /// <summary>The names of the groups right below a path.</summary>
    IReadOnlyList<string> Children(string path);

    /// <summary>What the group uses; null when there is no such group.</summary>
    CgroupUsage? Usage(string path);

    /// <summary>The processes right in the group; none where there is no such group.</summary>
    IReadOnlyList<int> Processes(string path) => [];

    /// <summary>How long the group's work waited; nothing where the kernel does not count that.</summary>
    Pressures PressuresOf(string path) => Pressures.None;
}
