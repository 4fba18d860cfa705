using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Stats;

/// <summary>Reads what the node, its pods and their containers use: from the runtime, the control groups and /proc.</summary>
internal sealed class UsageReader(
    string nodeName, string rootDirectory, Func<IEnumerable<Pod>> pods, RuntimeCache cache, IContainerRuntime runtime, PodCgroups cgroups, PodPaths paths, VolumeUsageReader volumes, ILinux linux, Func<long> capacity, TimeProvider time)
{
    private const int Attempts = 3;
    private readonly CpuRates _rates = new();

    /// <summary>The group that the container runtime runs in; null where nobody has said which.</summary>
    public string? RuntimeGroup { get; init; }

    /// <summary>The group of all else that is no pod; null where nobody has said which.</summary>
    public string? SystemGroup { get; init; }

    /// <summary>Processor and memory alone, which is quick.</summary>
    /// <exception cref="RpcException">The runtime does not answer.</exception>
    public async Task<NodeStats> ReadCpuAndMemoryAsync(CancellationToken cancellationToken) => Read(await ContainersAsync(cancellationToken));

    /// <summary>Everything: file systems, volumes, network and processes too.</summary>
    /// <exception cref="RpcException">The runtime does not answer.</exception>
    public async Task<NodeStats> ReadAsync(CancellationToken cancellationToken)
    {
        var known = await ContainersAsync(cancellationToken);
        var stats = Read(known);
        var sandboxes = await SandboxesAsync(stats.Pods, cancellationToken);
        var nodeFs = linux.UsageOf(Directory.Exists(rootDirectory) ? rootDirectory : "/");
        var (imageFs, images) = await ImageFileSystemAsync(nodeFs, cancellationToken);
        volumes.KeepOnly(stats.Pods.Select(p => p.Pod.Metadata.Uid).ToHashSet());
        var mounted = await Task.WhenAll(stats.Pods.Select(p => volumes.OfAsync(p.Pod, cancellationToken)));
        return stats with
        {
            Network = NetworkInterfaceUsage.Read(),
            FileSystem = FileSystemStats.Whole(stats.Time, nodeFs),
            ImageFileSystem = images,
            Processes = HostUsage.Processes(),
            Pods = [.. stats.Pods.Select((p, i) => Complete(p, mounted[i], known, sandboxes.GetValueOrDefault(p.Pod.Metadata.Uid), nodeFs, imageFs, stats.Time))],
        };
    }

    /// <summary>The bytes that the logs of each running container take.</summary>
    public IEnumerable<(Pod Pod, string Container, long Bytes)> ReadLogs() =>
        from pod in pods()
        let state = cache.Get(pod.Metadata.Uid)
        where state.ReadySandbox is not null
        from container in state.Running
        select (pod, container.Metadata.Name, LogsOf(pod, container.Metadata.Name).Bytes);

    private NodeStats Read(Dictionary<string, Cri.ContainerStats> known)
    {
        var now = time.GetUtcNow();
        _rates.Trim(now);
        var (host, pressures) = (HostUsage.Read(), Pressures.OfHost());
        var result = new NodeStats(
            nodeName,
            now,
            host,
            _rates.Add("node", now, (ulong)host.CpuNanoseconds) with { Pressure = pressures.Cpu },
            new MemoryStats(now, host.MemoryWorkingSet)
            {
                Available = host.MemoryAvailable,
                Usage = host.MemoryUsed,
                Rss = host.MemoryRss,
                PageFaults = host.PageFaults,
                MajorPageFaults = host.MajorPageFaults,
                Swap = host.SwapUsed,
                Pressure = pressures.Memory,
            },
            [.. pods().Select(pod => Read(pod, known, now)).OfType<PodStats>()])
        {
            Io = pressures.Io,
        };
        return result with { Systems = [.. SystemsAt(now)] };
    }

    private IEnumerable<SystemStats> SystemsAt(DateTimeOffset now) => new[]
    {
        System("kubelet", cgroups.UsageOfKubelet(), null, now),
        System("runtime", RuntimeGroup is { } runtime ? cgroups.UsageOfGroup(runtime) : null, null, now),
        System("misc", SystemGroup is { } misc ? cgroups.UsageOfGroup(misc) : null, null, now),
        System(SystemStats.Pods, cgroups.UsageOfAll(), capacity(), now),
    }.OfType<SystemStats>();

    private SystemStats? System(string name, CgroupUsage? usage, long? limit, DateTimeOffset now) =>
        usage is null ? null : new SystemStats(name, Cpu(name, now, usage), Memory(now, usage, limit), usage.Pressures.Io);

    private CpuStats Cpu(string key, DateTimeOffset now, CgroupUsage usage) =>
        _rates.Add(key, now, (ulong)usage.CpuNanoseconds) with { Pressure = usage.Pressures.Cpu };

    private PodStats? Read(Pod pod, Dictionary<string, Cri.ContainerStats> known, DateTimeOffset now)
    {
        var state = cache.Get(pod.Metadata.Uid);
        if (state.ReadySandbox is not { } sandbox)
        {
            return null;
        }

        List<ContainerStats> containers = [.. state.Running.OrderBy(c => c.Metadata.Name, StringComparer.Ordinal).Select(c => Read(c, known.GetValueOrDefault(c.Id)))];
        var whole = cgroups.UsageOf(pod);
        var limit = PodResources.Limit(pod, PodResources.Memory)?.AsLong();
        return new PodStats(
            pod,
            At(sandbox.CreatedAt),
            containers,
            whole is not null ? Cpu(pod.Metadata.Uid, now, whole) : Sum(containers, now),
            whole is not null ? Memory(now, whole, limit) : new MemoryStats(now, containers.Sum(c => c.Memory?.WorkingSet ?? 0)))
        {
            Processes = whole is { Processes: > 0 and var processes } ? processes : null,
            Io = whole?.Pressures.Io,
        };
    }

    private static CpuStats Sum(List<ContainerStats> containers, DateTimeOffset now)
    {
        var counted = containers.Select(c => c.Cpu).OfType<CpuStats>().ToList();
        ulong? rate = counted.Count > 0 && counted.TrueForAll(c => c.NanoCores is not null) ? (ulong)counted.Sum(c => (long)c.NanoCores!) : null;
        return new CpuStats(now, (ulong)counted.Sum(c => (long)c.CoreNanoseconds), rate);
    }

    private ContainerStats Read(Cri.ContainerStatus container, Cri.ContainerStats? usage)
    {
        // A container that ended just now has no numbers.
        var cpu = usage?.Cpu is { UsageCoreNanoSeconds: { } used } c ? _rates.Add(container.Id, At(c.Timestamp), used.Value) : null;
        var memory = usage?.Memory is { WorkingSetBytes: { } set } m
            ? new MemoryStats(At(m.Timestamp), (long)set.Value)
            {
                Available = Value(m.AvailableBytes) is > 0 and var left ? left : null,
                Usage = Value(m.UsageBytes),
                Rss = Value(m.RssBytes),
                PageFaults = Value(m.PageFaults),
                MajorPageFaults = Value(m.MajorPageFaults),
                Swap = Value(usage.Swap?.SwapUsageBytes),
            }
            : null;
        return new ContainerStats(container.Metadata.Name, container.Id, container.Image?.Image ?? "", At(container.StartedAt), cpu, memory);
    }

    private PodStats Complete(
        PodStats pod, IReadOnlyList<VolumeStats> mounted, Dictionary<string, Cri.ContainerStats> known, Cri.PodSandboxStats? sandbox, FileSystemUsage nodeFs, FileSystemUsage imageFs, DateTimeOffset now)
    {
        List<ContainerStats> containers = [.. pod.Containers.Select(c => Complete(pod.Pod, c, known.GetValueOrDefault(c.Id), nodeFs, imageFs, now))];
        var local = containers.SelectMany(c => new[] { c.RootFs, c.Logs }).Concat(mounted.Where(v => v.IsEphemeral).Select(v => v.Usage)).OfType<FileSystemStats>().ToList();
        return pod with
        {
            Containers = containers,
            Volumes = mounted,
            Network = new(() => NetworkOf(pod.Pod, sandbox?.Linux?.Network)),
            EphemeralStorage = new FileSystemStats(now, nodeFs, local.Sum(f => f.Used), local.Sum(f => f.InodesUsed)),
            Processes = pod.Processes ?? Value(sandbox?.Linux?.Process?.ProcessCount),
        };
    }

    /// <summary>As the sandbox's own process sees it, with packets; else as the runtime counts.</summary>
    private IReadOnlyList<NetworkInterfaceUsage> NetworkOf(Pod pod, Cri.NetworkUsage? told)
    {
        if (!pod.Spec.HostNetwork && cache.Get(pod.Metadata.Uid).ReadySandbox is { } sandbox && cgroups.ProcessesOf(pod, sandbox.Id) is [var process, ..])
        {
            return NetworkInterfaceUsage.Read($"/proc/{process}/net/dev");
        }

        return told is null ? [] : [.. new[] { told.DefaultInterface }.OfType<Cri.NetworkInterfaceUsage>().Concat(told.Interfaces).Select(NetworkInterfaceUsage.Of)];
    }

    private ContainerStats Complete(Pod pod, ContainerStats container, Cri.ContainerStats? usage, FileSystemUsage nodeFs, FileSystemUsage imageFs, DateTimeOffset now)
    {
        var logs = LogsOf(pod, container.Name);
        var pressures = cgroups.PressuresOf(pod, container.Id);
        return container with
        {
            Cpu = container.Cpu is null ? null : container.Cpu with { Pressure = pressures.Cpu },
            Memory = container.Memory is null ? null : container.Memory with { Pressure = pressures.Memory },
            Io = pressures.Io,
            RootFs = usage?.WritableLayer is { UsedBytes: { } used } layer ? new FileSystemStats(At(layer.Timestamp), imageFs, (long)used.Value, Value(layer.InodesUsed)) : null,
            Logs = new FileSystemStats(now, nodeFs, logs.Bytes, logs.Inodes),
        };
    }

    private DirectorySize LogsOf(Pod pod, string container) => DirectorySize.Of(Path.Combine(paths.LogDirectory(pod), container));

    private async Task<Dictionary<string, Cri.ContainerStats>> ContainersAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return (await runtime.ListContainerStatsAsync(cancellationToken)).ToDictionary(s => s.Attributes.Id);
            }
            catch (RpcException e) when (e.Code is GrpcStatusCode.Unknown or GrpcStatusCode.NotFound or GrpcStatusCode.Unavailable && attempt < Attempts)
            {
                // containerd refuses the whole list when one container ends while it is counted.
            }
        }
    }

    /// <summary>
    /// What the runtime counts of pods whose groups cannot be seen from here. Asked one by one, since containerd refuses the list of
    /// all while any sandbox is on its way in or out.
    /// </summary>
    private async Task<Dictionary<string, Cri.PodSandboxStats>> SandboxesAsync(IReadOnlyList<PodStats> pods, CancellationToken cancellationToken)
    {
        var all = await Task.WhenAll(pods.Where(pod => pod.Processes is null).Select(pod => SandboxAsync(pod.Pod.Metadata.Uid, cancellationToken)));
        return all.OfType<Cri.PodSandboxStats>().ToDictionary(s => s.Attributes.Metadata.Uid);
    }

    /// <summary>Null for a sandbox that went away, and from a runtime that does not count sandboxes.</summary>
    private async Task<Cri.PodSandboxStats?> SandboxAsync(string uid, CancellationToken cancellationToken)
    {
        try
        {
            return cache.Get(uid).ReadySandbox is { } sandbox ? await runtime.PodSandboxStatsAsync(sandbox.Id, cancellationToken) : null;
        }
        catch (RpcException e) when (e.Code is GrpcStatusCode.Unknown or GrpcStatusCode.NotFound or GrpcStatusCode.Unavailable or GrpcStatusCode.Unimplemented)
        {
            return null;
        }
    }

    /// <summary>The file system that images lie on, and how much of it they take.</summary>
    private async Task<(FileSystemUsage Of, FileSystemStats Stats)> ImageFileSystemAsync(FileSystemUsage nodeFs, CancellationToken cancellationToken)
    {
        var info = (await runtime.ImageFsInfoAsync(cancellationToken)).FirstOrDefault();
        var of = info?.FsId?.Mountpoint is { Length: > 0 } path && Directory.Exists(path) ? linux.UsageOf(path) : nodeFs;
        return (of, new FileSystemStats(time.GetUtcNow(), of, Value(info?.UsedBytes) ?? of.Used, Value(info?.InodesUsed)));
    }

    private static MemoryStats Memory(DateTimeOffset now, CgroupUsage usage, long? limit) => new(now, usage.WorkingSet)
    {
        Available = limit is { } most ? Math.Max(most - usage.WorkingSet, 0) : null,
        Usage = usage.Memory,
        Rss = usage.Rss,
        PageFaults = usage.PageFaults,
        MajorPageFaults = usage.MajorPageFaults,
        Swap = usage.Swap,
        Pressure = usage.Pressures.Memory,
    };

    private static long? Value(Cri.UInt64Value? value) => value is null ? null : (long)value.Value;

    private static DateTimeOffset At(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100);
}
