using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Volumes;
using CgroupDriver = Sampan.Kubelet.Cgroups.CgroupDriver;

namespace Sampan.Kubelet.Parts;

/// <summary>The machine: its runtime and what that holds, its control groups, its size and its directories.</summary>
internal sealed class HostParts : IDisposable
{
    /// <summary>What whoever runs on an old host should know.</summary>
    private const string CgroupV1Warning = "cgroup v1 support is unsupported and will be removed in a future release";

    private readonly KubeletConfiguration _configuration;
    private readonly bool _isSimulated;
    private readonly MeasuredCgroups? _groups;
    private readonly CgroupDriver _driver;

    /// <param name="options">The kubelet's.</param>
    /// <param name="isShuttingDown">Whether the machine is about to go down.</param>
    /// <param name="canRecursiveReadOnly">Whether a pod's runtime can make all below a mount read-only.</param>
    /// <param name="hasOwnCpus">Whether a container, or any of a pod's, has processors for itself.</param>
    /// <param name="logger">For all.</param>
    public HostParts(KubeletOptions options, Func<bool> isShuttingDown, Func<Api.Core.V1.Pod, bool> canRecursiveReadOnly, Func<string, string?, bool> hasOwnCpus, ILogger logger)
    {
        (_configuration, _isSimulated) = (options.Configuration, options.IsSimulated);
        Metrics = new KubeletMetrics(options.Metrics, options.NodeName);
        PodMetrics = new PodMetrics(options.Metrics, options.Time);
        Runtime = _isSimulated
            ? new SimulatedRuntime(options.Time)
            : new CriRuntime(_configuration.ContainerRuntimeEndpoint, options.Time, _configuration.ImageServiceEndpoint is { Length: > 0 } images ? images : null, Metrics, _configuration.RuntimeRequestTimeout.ToTimeSpan());
        Cache = new RuntimeCache(Runtime, options.Time, logger, new RelistMetrics(options.Metrics, options.Time));
        Health = new NodeHealth(Runtime, Cache, isShuttingDown);
        Capacity = _isSimulated
            ? NodeCapacity.Create(_configuration, 32, 256L << 30, 1L << 40, [new(2 << 20, 0), new(1 << 30, 0)])
            : NodeCapacity.Read(_configuration, ParentOf(options.RootDirectory), Linux);
        var addresses = (options.NodeIP ?? HostFacts.DefaultAddress()).Split(',');
        Facts = new NodeFacts(options.NodeName, addresses, Capacity.Allocatable, Capacity.MemoryBytes, _isSimulated ? "simulated" : "containerd") { CanRecursiveReadOnly = canRecursiveReadOnly };
        Memory = new MemoryMounts(Linux, Path.Combine(options.RootDirectory, "tmpfs-noswap-test"));
        Paths = new PodPaths(options.RootDirectory, _configuration.PodLogsDir);
        _groups = _isSimulated ? null : new MeasuredCgroups(CgroupHost.Detect(), options.Metrics, options.Time);
        _driver = new CgroupDriver(Runtime, new HostCommands(options.Time), options.Metrics, options.Time, logger);
        Cgroups = Groups(_groups as ICgroups ?? new NoCgroups(), hasOwnCpus);
    }

    public LinuxHost Linux { get; } = new();

    public KubeletMetrics Metrics { get; }

    public PodMetrics PodMetrics { get; }

    public IContainerRuntime Runtime { get; }

    public RuntimeCache Cache { get; }

    public NodeHealth Health { get; }

    public NodeCapacity Capacity { get; }

    public NodeFacts Facts { get; }

    /// <summary>Makes volumes in memory.</summary>
    public MemoryMounts Memory { get; }

    public PodPaths Paths { get; }

    public PodCgroups Cgroups { get; }

    /// <summary>Makes the directories and groups that pods live in, once it is sure that the kubelet may run here.</summary>
    /// <exception cref="ConfigurationException">The configuration does not want to run on such a host.</exception>
    public async Task PrepareAsync(string rootDirectory, CancellationToken cancellationToken)
    {
        if (_groups is null)
        {
            return;
        }

        if (_configuration.FailCgroupV1 && Cgroups.IsVersion1)
        {
            throw new ConfigurationException($"kubelet is configured to not run on a host using cgroup v1. {CgroupV1Warning}");
        }

        if (_configuration.SingleProcessOomKill == false && Cgroups.IsVersion1)
        {
            throw new ConfigurationException("invalid configuration: singleProcessOOMKill must not be explicitly set to false when using cgroup v1");
        }

        KernelDefaults.Check(_configuration.ProtectKernelDefaults);
        SocketPaths.Check(Path.Combine(rootDirectory, "device-plugins", "kubelet.sock"));
        if (_configuration.FailSwapOn && HostFacts.SwapBytes() > 0)
        {
            throw new ConfigurationException("running with swap on is not supported, please disable swap or set --fail-swap-on flag to false");
        }

        Directory.CreateDirectory(Paths.Pods);
        Directory.CreateDirectory(_configuration.PodLogsDir);
        await _driver.UseAsync(_groups, _configuration.CgroupDriver, cancellationToken);
        await Cgroups.EnsureTreeAsync(Capacity.ForPods.CpuShares, cancellationToken);
    }

    /// <summary>What whoever runs the node should know of its machine, as reasons and messages of events.</summary>
    public IEnumerable<(string Reason, string Message)> Remarks()
    {
        if (_isSimulated)
        {
            yield break;
        }

        if (Cgroups.IsVersion1)
        {
            yield return (EventReasons.CgroupV1, CgroupV1Warning);
        }

        if (!Memory.AreKeptFromSwap && HostFacts.SwapBytes() > 0)
        {
            yield return (EventReasons.PossibleMemoryBackedVolumesOnDisk, "The tmpfs noswap option is not supported. Memory-backed volumes (e.g. secrets, emptyDirs, etc.) might be swapped to disk and should no longer be considered secure.");
        }

        if (_configuration.ResolvConf is { Length: > 0 } resolver && DnsLimits.HostRemark(resolver, _configuration.ClusterDomain.Length > 0) is { } remark)
        {
            yield return (EventReasons.CheckLimitsForResolvConf, remark);
        }
    }

    public void Dispose() => Runtime.Dispose();

    private PodCgroups Groups(ICgroups host, Func<string, string?, bool> hasOwnCpus) => new(host, _configuration.CgroupRoot, () => Capacity.MemoryBytes, new CgroupRules
    {
        PodPids = _configuration.PodPidsLimit,
        KillsOneProcess = _configuration.SingleProcessOomKill,
        HasQuota = _configuration.CpuCfsQuota,
        HasOwnCpus = hasOwnCpus,
        HugePages = _isSimulated ? [] : HugePageSize.Read(),
        Swap = host.CanLimitSwap ? new SwapLimits(_configuration.MemorySwap.SwapBehavior == MemorySwapConfiguration.LimitedSwap, Capacity.MemoryBytes, HostFacts.SwapBytes()) : null,
    });

    /// <summary>The nearest directory that exists, to learn the size of its file system.</summary>
    private static string ParentOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path) is { } parent ? ParentOf(parent) : "/";
}
