using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Cpus;
using Sampan.Kubelet.Cri;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Images.Providers;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Oom;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.References;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Server;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Status;
using Sampan.Kubelet.Topology;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Csi;
using Sampan.Kubelet.Volumes.LocalPath;
using Sampan.Kubelet.Volumes.Payload;
using Sampan.Kubelet.Volumes.Persistent;

namespace Sampan.Kubelet;

/// <summary>The kubelet's composition: every part, made by constructors, in order of dependence.</summary>
internal sealed class KubeletParts : IAsyncDisposable
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ReferenceLifetime = TimeSpan.FromMinutes(1);

    private readonly KubeletOptions _options;
    private readonly IContainerRuntime _runtime;
    private readonly HttpProber _http;
    private readonly EventBroadcaster _events;
    private readonly PodStatusManager _statuses;
    private readonly PodCgroups _cgroups;
    private readonly NodeCapacity _capacity;
    private readonly NodeFacts _facts;
    private readonly PodPaths _paths;
    private readonly NodeHealth _health;
    private readonly RuntimeClasses _runtimeClasses;
    private readonly Informer<Node> _node;
    private readonly DeviceManager _devices;
    private readonly ClaimDrivers _drivers;
    private readonly ClaimManager _claims;
    private readonly CsiApi _csiApi;
    private readonly CsiAttachments _attachments;
    private readonly PullLimiter _pulls;
    private readonly IReferences<ConfigMap> _maps;
    private readonly IReferences<Secret> _secrets;

    public KubeletParts(KubeletOptions options, ILogger logger)
    {
        _options = options;
        var (client, time) = (options.Client, options.Time);
        var (isSimulated, configuration) = (options.IsSimulated, options.Configuration);
        var linux = new LinuxHost();
        var metrics = new KubeletMetrics(options.Metrics, options.NodeName, options.Version);
        var probeMetrics = new MetricRegistry();
        var longestCrash = configuration.CrashLoopBackOff.MaxContainerRestartPeriod.ToTimeSpan();
        var pressure = new NodePressure(configuration.EvictionPressureTransitionPeriod, time);
        _runtime = isSimulated ? new SimulatedRuntime(time) : new CriRuntime(configuration.ContainerRuntimeEndpoint, time, NullIfEmpty(configuration.ImageServiceEndpoint), metrics, configuration.RuntimeRequestTimeout.ToTimeSpan());
        Cache = new RuntimeCache(_runtime, time, logger);
        Cache.Relisted += metrics.Relisted;
        _health = new NodeHealth(_runtime, Cache, () => Shutdown!.IsActive);
        _capacity = isSimulated ? NodeCapacity.Create(configuration, 32, 256L << 30, 1L << 40, [new(2 << 20, 0), new(1 << 30, 0)]) : NodeCapacity.Read(configuration, ParentOf(options.RootDirectory), linux);
        var address = options.NodeIP ?? HostFacts.DefaultAddress();
        _facts = new NodeFacts(options.NodeName, address.Split(','), _capacity.Allocatable, _capacity.MemoryBytes, isSimulated ? "simulated" : "containerd") { CanRecursiveReadOnly = CanRecursiveReadOnly };
        _events = new EventBroadcaster(client, time, options.Logs);
        var events = new PodEvents(_events.Recorder("kubelet", options.NodeName), options.NodeName, logger);
        Events = events;
        Informers = new InformerFactory(client, time, options.Logs);
        PodInformer = Informers.For<Pod>(fieldSelector: $"spec.nodeName={options.NodeName}");
        _node = Informers.For<Node>(fieldSelector: $"metadata.name={options.NodeName}");
        _csiApi = new CsiApi(client, options.NodeName, Informers.For<CSIDriver>(), _node);
        CsiNode = new CsiNodeObject(_csiApi, time, logger);
        CsiDrivers = new CsiDrivers(CsiNode, _csiApi, time);
        _attachments = new CsiAttachments(_csiApi, time);
        var runtimeClasses = Informers.For<RuntimeClass>();
        _runtimeClasses = new RuntimeClasses(name => runtimeClasses.Get(null, name));
        _maps = References<ConfigMap>(map => map.Immutable == true, logger);
        _secrets = References<Secret>(secret => secret.Immutable == true, logger);
        var objects = new ApiPodObjects(client, Informers.For<Service>(), _maps, _secrets);
        _paths = new PodPaths(options.RootDirectory, configuration.PodLogsDir);
        _cgroups = Cgroups(isSimulated ? new NoCgroups() : CgroupHost.Detect());
        _devices = new DeviceManager(isSimulated ? null : new DeviceCheckpoint(Path.Combine(options.RootDirectory, "device-plugins", DeviceRegistration.CheckpointName)), time, logger);
        _drivers = new ClaimDrivers(time);
        _claims = new ClaimManager(_drivers, objects, isSimulated ? null : new ClaimCheckpoint(Path.Combine(options.RootDirectory, "dra_manager_state")));
        var exclusive = isSimulated ? ExclusiveResources.OnlyDevices(_devices) : ExclusiveResources.Create(configuration, _capacity, _devices, Machine.Read(), options.RootDirectory);
        _pulls = new PullLimiter(isSimulated ? configuration with { SerializeImagePulls = false, RegistryPullQps = 0 } : configuration, time);
        _http = new HttpProber(time);
        Mirrors = new MirrorPods(client, options.NodeName, () => _node.Get(null, options.NodeName), pod => _statuses!.Resend(pod), time, logger);
        _statuses = new PodStatusManager(client, pod => pod.IsStatic() ? Mirrors.UidOf(pod) : pod.Metadata.Uid, time, logger);
        IPodVolumes volumes = isSimulated ? new NoVolumes() : Volumes(objects, events, linux);
        Pods = new PodManager(new PodServices
        {
            Runtime = _runtime,
            Cache = Cache,
            Images = new ImagePuller(_runtime, events, new Backoff(FirstBackoff, LongestBackoff, time), _pulls, Providers(logger), time),
            Volumes = volumes,
            Probes = new ProbeManager(new Prober(_runtime, _http, time), events, () => _facts, new ProbeMetrics(probeMetrics), time),
            Statuses = _statuses,
            Events = events,
            Admission = new ShutdownAdmission(new PodAdmission(() => _node.Get(null, options.NodeName), AskNodeAsync, () => _facts.Allocatable, new Sysctls(configuration.AllowedUnsafeSysctls), pressure, AppArmor.IsEnabled), () => Shutdown!.IsActive),
            Cgroups = _cgroups,
            Objects = objects,
            Paths = _paths,
            Dns = new PodDns(configuration.ClusterDns, configuration.ClusterDomain, configuration.ResolvConf),
            Hooks = new HookRunner(_runtime, _http, time),
            CrashBackoff = new Backoff(longestCrash < FirstBackoff ? longestCrash : FirstBackoff, longestCrash, time),
            Allocations = new PodAllocations(isSimulated ? null : new AllocationFile(Path.Combine(options.RootDirectory, "allocated_pods_state")), () => _facts.Allocatable),
            Exclusive = exclusive,
            Claims = _claims,
            RuntimeClasses = _runtimeClasses,
            UserNamespaces = new UserNamespaces(_runtime, _paths, !isSimulated),
            Node = () => _facts,
            Time = time,
            Logger = logger,
            ClusterDomain = configuration.ClusterDomain,
            Seccomp = new SeccompDefaults(Path.Combine(options.RootDirectory, "seccomp"), configuration.SeccompDefault),
            SyncInterval = configuration.SyncFrequency,
            TouchesHost = !isSimulated,
        });
        Shutdown = new NodeShutdown(configuration, Pods, time, logger);
        ShutdownListener = new ShutdownListener(new Systemd(new HostCommands(time)), Shutdown, time, logger);
        Containers = new ContainerCollector(options.DeadContainers, Cache, _runtime, time, logger);
        LogRotator = new LogRotator(Cache, _runtime, configuration, time, logger);
        StaticPods = configuration.StaticPodPath is { Length: > 0 } path ? new StaticPods(path, options.NodeName, configuration.FileCheckFrequency, time, logger) : null;
        var volumeUsage = new VolumeUsageReader(volumes, linux, new CsiStats(CsiDrivers, new CsiPaths(options.RootDirectory, _paths), time), configuration.VolumeStatsAggPeriod, time);
        var usage = new UsageReader(options.NodeName, options.RootDirectory, () => Pods.Pods, Cache, _runtime, _cgroups, _paths, volumeUsage, linux, time);
        KubeletMetrics.Count(options.Metrics, Cache, () => Pods.Pods.Count());
        ProcessMetrics.AddTo(options.Metrics);
        Server = new KubeletServer(
            options,
            new KubeletAccess(options),
            new KubeletRoutes(
                configuration,
                new PodsHandler(() => Pods.Pods, _statuses, Cache),
                new LogHandler(Pods, Cache, _statuses, _paths, time),
                new SystemLogs("/var/log"),
                new CheckpointHandler(Pods, Cache, _runtime, Path.Combine(options.RootDirectory, "checkpoints"), time),
                new StreamHandler(Pods, Cache, _runtime),
                usage,
                new ResourceMetrics(usage),
                new CadvisorMetrics(usage, _cgroups, () => (_capacity.Cores, _capacity.MemoryBytes)),
                new LocalVolumesHandler(options.LocalVolumesDirectory is { } folder ? new LocalVolumes(folder) : null),
                options.Metrics,
                new VolumeMetrics(() => Pods.Pods, volumeUsage),
                probeMetrics),
            metrics);
        NodeStatus = new NodeStatusReporter(options, _runtime, _health, pressure, () => _facts, _capacity, _devices, () => _attachments.InUse, events, () => Server.Port, logger);
        _ = _node.Subscribe((_, current) => NodeStatus.SawOwnNode(current));
        pressure.Changed += NodeStatus.Poke;
        _devices.Changed += NodeStatus.Poke;
        _attachments.Changed += NodeStatus.Poke;
        Shutdown.Changed += NodeStatus.Poke;
        Images = new ImageCollector(configuration, _runtime, linux, time, logger);
        Eviction = new EvictionManager(configuration, usage.ReadAsync, Images.DeleteUnusedAsync, Pods.Evict, pressure, events, metrics, time, logger);
        Oom = new OomWatcher(() => new KernelLog(), events, time, logger);
        NodeLease = new NodeLease(options, logger);
        DeviceRegistration = new DeviceRegistration(Path.Combine(options.RootDirectory, "device-plugins"), _devices, time, logger);
        PodResources = new PodResourcesServer(Path.Combine(options.RootDirectory, "pod-resources", "kubelet.sock"), () => Pods.Pods, exclusive, _claims);
        Cpus = exclusive.Cpus is { } cpus ? new CpuReconciler(cpus, Cache, _runtime, configuration.CpuManagerReconcilePeriod, time, logger) : null;
        Plugins = new PluginWatcher(Path.Combine(options.RootDirectory, "plugins_registry"), PluginHandlers(), linux, time, logger);
    }

    public RuntimeCache Cache { get; }

    public OomWatcher Oom { get; }

    public InformerFactory Informers { get; }

    public Informer<Pod> PodInformer { get; }

    public PodManager Pods { get; }

    public StaticPods? StaticPods { get; }

    public MirrorPods Mirrors { get; }

    public ImageCollector Images { get; }

    public ContainerCollector Containers { get; }

    public NodeShutdown Shutdown { get; }

    public ShutdownListener ShutdownListener { get; }

    public EvictionManager Eviction { get; }

    public LogRotator LogRotator { get; }

    public KubeletServer Server { get; }

    public NodeStatusReporter NodeStatus { get; }

    public NodeLease NodeLease { get; }

    public IPodEvents Events { get; }

    public PluginWatcher Plugins { get; }

    public DeviceRegistration DeviceRegistration { get; }

    public PodResourcesServer PodResources { get; }

    /// <summary>Null where all containers share all processors.</summary>
    public CpuReconciler? Cpus { get; }

    public CsiNodeObject CsiNode { get; }

    public CsiDrivers CsiDrivers { get; }

    /// <summary>The directories and groups that pods live in.</summary>
    public void PrepareHost()
    {
        if (_options.IsSimulated)
        {
            return;
        }

        if (_options.Configuration.FailCgroupV1 && _cgroups.IsVersion1)
        {
            throw new ConfigurationException("kubelet is configured to not run on a host using cgroup v1");
        }

        SocketPaths.Check(Path.Combine(_options.RootDirectory, "device-plugins", "kubelet.sock"));
        if (_options.Configuration.FailSwapOn && HostFacts.SwapBytes() > 0)
        {
            throw new ConfigurationException("running with swap on is not supported, please disable swap or set --fail-swap-on flag to false");
        }

        Directory.CreateDirectory(_paths.Pods);
        Directory.CreateDirectory(_options.Configuration.PodLogsDir);
        _cgroups.EnsureTree(_capacity.ForPods.MilliCores, _capacity.ForPods.Memory);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await DeviceRegistration.DisposeAsync();
        await PodResources.DisposeAsync();
        await _statuses.DisposeAsync();
        await _events.DisposeAsync();
        await _maps.DisposeAsync();
        await _secrets.DisposeAsync();
        _devices.Dispose();
        _drivers.Dispose();
        _claims.Dispose();
        _pulls.Dispose();
        _http.Dispose();
        CsiDrivers.Dispose();
        _runtime.Dispose();
    }

    private PodCgroups Cgroups(ICgroups host) => new(host, _options.Configuration.CgroupRoot, () => _capacity.MemoryBytes, new CgroupRules
    {
        PodPids = _options.Configuration.PodPidsLimit,
        HasQuota = _options.Configuration.CpuCfsQuota,
        HugePages = _options.IsSimulated ? [] : HugePageSize.Read(),
        Swap = host.CanLimitSwap ? new SwapLimits(_options.Configuration.MemorySwap.SwapBehavior == MemorySwapConfiguration.LimitedSwap, _capacity.MemoryBytes, HostFacts.SwapBytes()) : null,
    });

    private IReadOnlyList<CredentialProvider> Providers(ILogger logger) => _options.CredentialProviders is var (file, directory)
        ? [.. ProviderConfiguration.Load(file).Select(p => new CredentialProvider(p, directory, new HostCommands(_options.Time), _options.Time, logger))]
        : [];

    /// <summary>A simulated node has no volumes to keep fresh, and there may be thousands of them.</summary>
    private IReferences<T> References<T>(Func<T, bool> isImmutable, ILogger logger)
        where T : class, IObject<T> => _options.IsSimulated ? new CachedReferences<T>(_options.Client, ReferenceLifetime, _options.Time) : _options.Configuration.ConfigMapAndSecretChangeDetectionStrategy switch
    {
        "Get" => new CachedReferences<T>(_options.Client, TimeSpan.Zero, _options.Time),
        "Cache" => new CachedReferences<T>(_options.Client, ReferenceLifetime, _options.Time),
        _ => new WatchedReferences<T>(_options.Client, isImmutable, _options.Time, logger),
    };

    /// <summary>Who takes the plugins that announce themselves.</summary>
    private IReadOnlyList<IPluginHandler> PluginHandlers() => [DeviceRegistration, _drivers, CsiDrivers];

    private async Task<Node?> AskNodeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _options.Client.Of<Node>().FindAsync(null, _options.NodeName, cancellationToken);
        }
        catch (Exception e) when (e is StatusException or Client.ApiConnectionException)
        {
            return null;
        }
    }

    private PodVolumes Volumes(IPodObjects objects, IPodEvents events, LinuxHost linux)
    {
        var tokens = new ServiceAccountTokens(objects, _options.Time);
        var hostPath = new HostPathPlugin(linux);
        var nfs = new NfsPlugin(_paths, linux);
        var csi = Csi(objects, tokens, events, linux);
        var reader = new PayloadReader(
            objects, tokens, () => _facts.Allocatable, () => _facts.Addresses, uid => SandboxAddresses.Of(Cache.Get(uid).LatestSandbox));
        return new PodVolumes(
            [
                new EmptyDirPlugin(_paths, linux, () => _facts.Allocatable.GetValueOrDefault("memory").AsLong()),
                hostPath,
                nfs,
                csi,
                new ImagePlugin(),
                new ClaimPlugin(objects, [new HostPathVolume(hostPath), new LocalVolume(linux), nfs, csi]),
                .. PayloadPlugin.All(reader, _paths, linux, _options.Time),
            ],
            _paths,
            linux,
            _options.Time);
    }

    /// <summary>Knows which attached volumes an earlier kubelet mounted before anything else looks at volumes.</summary>
    private CsiPlugin Csi(IPodObjects objects, ServiceAccountTokens tokens, IPodEvents events, LinuxHost linux)
    {
        var paths = new CsiPaths(_options.RootDirectory, _paths);
        var requests = new CsiRequests(_csiApi, objects, tokens);
        var volumes = new CsiVolumes(CsiDrivers, requests, _attachments, _csiApi, paths, linux);
        volumes.Restore();
        return new CsiPlugin(volumes, new CsiExpander(CsiDrivers, requests, paths, _csiApi, events, _options.Time));
    }

    private bool CanRecursiveReadOnly(Pod pod)
    {
        try
        {
            var handler = _runtimeClasses.HandlerOf(pod);
            return _health.Handlers.Any(h => h.Name == handler && h.Features?.RecursiveReadOnlyMounts == true);
        }
        catch (StartFailure)
        {
            // Its class is gone.
            return false;
        }
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    /// <summary>The nearest directory that exists, to learn the size of its file system.</summary>
    private static string ParentOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path) is { } parent ? ParentOf(parent) : "/";
}
