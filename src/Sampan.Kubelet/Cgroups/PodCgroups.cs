using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Cgroups;

/// <summary>
/// The tree of groups that pods run in, one level for each class of service; the driver says where in the hierarchy that is:
/// <code>
/// kubepods/podUID                guaranteed
///         /burstable/podUID
///         /besteffort/podUID
/// </code>
/// </summary>
internal sealed class PodCgroups(ICgroups cgroups, string root, Func<long> memoryCapacity, CgroupRules rules)
{
    private const string Prefix = "pod";

    public bool IsVersion1 => cgroups.Version == 1;

    public PodLimits Limits { get; } = new(cgroups.Version == 1, memoryCapacity, rules);

    private string Root => cgroups.Names.NameOf(root).TrimEnd('/') + "/kubepods";

    private string[] Levels => [Root, Root + "/burstable", Root + "/besteffort"];

    /// <summary>Creates the levels above the pods.</summary>
    public async Task EnsureTreeAsync(long milliCores, CancellationToken cancellationToken)
    {
        await EnsureAsync(Root, new CgroupResources(Cpu.Shares(milliCores)), cancellationToken);
        await EnsureAsync(Root + "/burstable", CgroupResources.None, cancellationToken);
        await EnsureAsync(Root + "/besteffort", new CgroupResources(Cpu.MinShares), cancellationToken);
    }

    /// <summary>Limits all pods together.</summary>
    /// <exception cref="IOException">The kernel does not take it, since they use more.</exception>
    public Task LimitAllAsync(long milliCores, long memoryBytes, CancellationToken cancellationToken) =>
        EnsureAsync(Root, new CgroupResources(Cpu.Shares(milliCores), MemoryBytes: memoryBytes), cancellationToken);

    /// <summary>Limits a group beside the pods' that others have made.</summary>
    /// <exception cref="IOException">There is none, or the kernel does not take it.</exception>
    public async Task LimitExistingAsync(string path, CgroupResources resources, CancellationToken cancellationToken)
    {
        var group = cgroups.Names.PathOf(cgroups.Names.NameOf(path));
        if (!cgroups.Exists(group))
        {
            throw new IOException($"cgroup {group} does not exist");
        }

        await cgroups.EnsureAsync(group, resources, cancellationToken);
    }

    public string PathOf(Pod pod) => cgroups.Names.PathOf(QosClass.Of(pod) switch
    {
        QosClass.Guaranteed => $"{Root}/{Prefix}{pod.Metadata.Uid}",
        QosClass.Burstable => $"{Root}/burstable/{Prefix}{pod.Metadata.Uid}",
        _ => $"{Root}/besteffort/{Prefix}{pod.Metadata.Uid}",
    });

    /// <summary>Where a container or sandbox of a pod runs; where it would, if there is no such group.</summary>
    public string PathOf(Pod pod, string containerId)
    {
        var group = PathOf(pod);
        var names = cgroups.Names.OfContainer(containerId);
        return $"{group}/{names.FirstOrDefault(name => cgroups.Exists($"{group}/{name}")) ?? names[0]}";
    }

    /// <summary>What a pod uses as a whole, pauses and all; null where it has no group.</summary>
    public CgroupUsage? UsageOf(Pod pod) => cgroups.Usage(PathOf(pod));

    /// <summary>What one container of a pod uses; null where the runtime names its groups differently.</summary>
    public CgroupUsage? UsageOf(Pod pod, string containerId) => cgroups.Usage(PathOf(pod, containerId));

    /// <summary>The processes of one container or sandbox; none where the runtime names its groups differently.</summary>
    public IReadOnlyList<int> ProcessesOf(Pod pod, string containerId) => cgroups.Processes(PathOf(pod, containerId));

    public Pressures PressuresOf(Pod pod, string containerId) => cgroups.PressuresOf(PathOf(pod, containerId));

    /// <summary>What the kubelet's own group uses; null where it shares the root's with everybody.</summary>
    public CgroupUsage? UsageOfKubelet() => OwnGroup.Path is { } path ? cgroups.Usage(path) : null;

    /// <summary>What a group beside the pods' uses; null where there is none.</summary>
    public CgroupUsage? UsageOfGroup(string path) => cgroups.Usage("/" + path.Trim('/'));

    /// <summary>What the whole machine uses, by its root group.</summary>
    public CgroupUsage? UsageOfRoot() => cgroups.Usage("/");

    /// <summary>What one level of the tree uses, by its path.</summary>
    public IEnumerable<(string Path, CgroupUsage Usage)> UsageOfLevels() =>
        Levels.Select(cgroups.Names.PathOf).Select(path => (path, cgroups.Usage(path))).Where(l => l.Item2 is not null)!;

    /// <summary>What all pods use together.</summary>
    public CgroupUsage? UsageOfAll() => cgroups.Usage(cgroups.Names.PathOf(Root));

    public Task EnsureAsync(Pod pod, CancellationToken cancellationToken) => cgroups.EnsureAsync(PathOf(pod), Limits.ForPod(pod), cancellationToken);

    /// <summary>Removes the pod's groups, whichever class it had.</summary>
    public async Task RemoveAsync(string uid, CancellationToken cancellationToken)
    {
        foreach (var level in Levels)
        {
            await cgroups.RemoveAsync(cgroups.Names.PathOf($"{level}/{Prefix}{uid}"), cancellationToken);
        }
    }

    /// <summary>The UIDs of all pods that have a group.</summary>
    public IEnumerable<string> Pods() => Levels
        .SelectMany(level => cgroups.Children(cgroups.Names.PathOf(level)))
        .Select(group => Path.GetFileName(cgroups.Names.NameOf(group)))
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..]);

    private Task EnsureAsync(string name, CgroupResources resources, CancellationToken cancellationToken) =>
        cgroups.EnsureAsync(cgroups.Names.PathOf(name), resources, cancellationToken);
}
