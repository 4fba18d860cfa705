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
internal sealed class PodCgroups
{
    private const string Prefix = "pod";
    private readonly ICgroups _cgroups;
    private readonly string _root;
    private readonly BurstableShare _burstable;

    public PodCgroups(ICgroups cgroups, string root, Func<long> memoryCapacity, CgroupRules rules)
    {
        (_cgroups, _root) = (cgroups, root);
        _burstable = new BurstableShare((shares, cancellationToken) => EnsureAsync(Burstable, new CgroupResources(shares), cancellationToken));
        Limits = new PodLimits(cgroups.Version == 1, memoryCapacity, rules);
    }

    public bool IsVersion1 => _cgroups.Version == 1;

    public PodLimits Limits { get; }

    private string Root => _cgroups.Names.NameOf(_root).TrimEnd('/') + "/kubepods";

    private string Burstable => Root + "/burstable";

    private string BestEffort => Root + "/besteffort";

    private string[] Levels => [Root, Burstable, BestEffort];

    /// <summary>Creates the levels above the pods.</summary>
    public async Task EnsureTreeAsync(long? shares, CancellationToken cancellationToken)
    {
        await EnsureAsync(Root, new CgroupResources(shares), cancellationToken);
        await EnsureAsync(Burstable, CgroupResources.None, cancellationToken);
        await EnsureAsync(BestEffort, new CgroupResources(Cpu.MinShares), cancellationToken);
    }

    /// <summary>Limits all pods together.</summary>
    /// <exception cref="IOException">The kernel does not take it, since they use more.</exception>
    public Task LimitAllAsync(CgroupResources resources, CancellationToken cancellationToken) => EnsureAsync(Root, resources, cancellationToken);

    /// <summary>Limits a group beside the pods' that others have made.</summary>
    /// <exception cref="IOException">There is none, or the kernel does not take it.</exception>
    public async Task LimitExistingAsync(string path, CgroupResources resources, CancellationToken cancellationToken)
    {
        var group = _cgroups.Names.PathOf(_cgroups.Names.NameOf(path));
        if (!_cgroups.Exists(group))
        {
            throw new IOException($"cgroup {group} does not exist");
        }

        await _cgroups.EnsureAsync(group, resources, cancellationToken);
    }

    public string PathOf(Pod pod) => _cgroups.Names.PathOf(QosClass.Of(pod) switch
    {
        QosClass.Guaranteed => $"{Root}/{Prefix}{pod.Metadata.Uid}",
        QosClass.Burstable => $"{Burstable}/{Prefix}{pod.Metadata.Uid}",
        _ => $"{BestEffort}/{Prefix}{pod.Metadata.Uid}",
    });

    /// <summary>Where a container or sandbox of a pod runs; where it would, if there is no such group.</summary>
    public string PathOf(Pod pod, string containerId)
    {
        var group = PathOf(pod);
        var names = _cgroups.Names.OfContainer(containerId);
        return $"{group}/{names.FirstOrDefault(name => _cgroups.Exists($"{group}/{name}")) ?? names[0]}";
    }

    /// <summary>What a pod uses as a whole, pauses and all; null where it has no group.</summary>
    public CgroupUsage? UsageOf(Pod pod) => _cgroups.Usage(PathOf(pod));

    /// <summary>What one container of a pod uses; null where the runtime names its groups differently.</summary>
    public CgroupUsage? UsageOf(Pod pod, string containerId) => _cgroups.Usage(PathOf(pod, containerId));

    /// <summary>The processes of one container or sandbox; none where the runtime names its groups differently.</summary>
    public IReadOnlyList<int> ProcessesOf(Pod pod, string containerId) => _cgroups.Processes(PathOf(pod, containerId));

    public Pressures PressuresOf(Pod pod, string containerId) => _cgroups.PressuresOf(PathOf(pod, containerId));

    /// <summary>What the kubelet's own group uses; null where it shares the root's with everybody.</summary>
    public CgroupUsage? UsageOfKubelet() => OwnGroup.Path is { } path ? _cgroups.Usage(path) : null;

    /// <summary>What a group beside the pods' uses; null where there is none.</summary>
    public CgroupUsage? UsageOfGroup(string path) => _cgroups.Usage("/" + path.Trim('/'));

    /// <summary>What the whole machine uses, by its root group.</summary>
    public CgroupUsage? UsageOfRoot() => _cgroups.Usage("/");

    /// <summary>What one level of the tree uses, by its path.</summary>
    public IEnumerable<(string Path, CgroupUsage Usage)> UsageOfLevels() =>
        Levels.Select(_cgroups.Names.PathOf).Select(path => (path, _cgroups.Usage(path))).Where(l => l.Item2 is not null)!;

    /// <summary>What all pods use together.</summary>
    public CgroupUsage? UsageOfAll() => _cgroups.Usage(_cgroups.Names.PathOf(Root));

    /// <summary>
    /// A pod that is to have a group, or has it from before a restart of the kubelet: what it asks for is its class's, however long it
    /// takes until somebody looks at it.
    /// </summary>
    public void Expect(Pod pod)
    {
        if (QosClass.Of(pod) == QosClass.Burstable)
        {
            _burstable.Expect(pod.Metadata.Uid, PodResources.Request(pod, PodResources.Cpu).AsMilli());
        }
    }

    /// <exception cref="IOException">The kernel, or who else makes groups, does not take it.</exception>
    public async Task EnsureAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (QosClass.Of(pod) == QosClass.Burstable)
        {
            await _burstable.SetAsync(pod.Metadata.Uid, PodResources.Request(pod, PodResources.Cpu).AsMilli(), cancellationToken);
        }

        await _cgroups.EnsureAsync(PathOf(pod), Limits.ForPod(pod), cancellationToken);
    }

    /// <summary>Gives a pod's group what the pod needs on the way to other resources: of each the more of before and after.</summary>
    /// <exception cref="IOException">The kernel, or who else makes groups, does not take it, or the pod uses more memory than it shall have.</exception>
    public Task GrowAsync(Pod pod, Pod before, CancellationToken cancellationToken)
    {
        var (had, wanted) = (Limits.ForPod(before), Limits.ForPod(pod));
        return wanted.MemoryBytes < had.MemoryBytes && UsageOf(pod)?.Memory is { } used && used > wanted.MemoryBytes
            ? throw new IOException($"attempting to set pod memory limit ({wanted.MemoryBytes}) below current usage ({used})")
            : _cgroups.EnsureAsync(PathOf(pod), wanted.AtLeast(had), cancellationToken);
    }

    /// <summary>Removes the pod's groups, whichever class it had.</summary>
    public async Task RemoveAsync(string uid, CancellationToken cancellationToken)
    {
        foreach (var level in Levels)
        {
            await _cgroups.RemoveAsync(_cgroups.Names.PathOf($"{level}/{Prefix}{uid}"), cancellationToken);
        }

        await _burstable.RemoveAsync(uid, cancellationToken);
    }

    /// <summary>The UIDs of all pods that have a group.</summary>
    public IEnumerable<string> Pods() => Levels
        .SelectMany(level => _cgroups.Children(_cgroups.Names.PathOf(level)))
        .Select(group => Path.GetFileName(_cgroups.Names.NameOf(group)))
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..]);

    private Task EnsureAsync(string name, CgroupResources resources, CancellationToken cancellationToken) =>
        _cgroups.EnsureAsync(_cgroups.Names.PathOf(name), resources, cancellationToken);
}
