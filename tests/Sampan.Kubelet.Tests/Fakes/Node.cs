using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Node.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Cgroups;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Images;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Topology;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>A node on a simulated runtime, with time in the test's hand.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpProber _http;
    private readonly Task _events;

    public Node(Func<DeviceManager, ExclusiveResources>? exclusive = null, PullRecords? pulls = null, VerificationPolicy? verification = null, Func<IContainerRuntime, ImageMounts>? images = null, ResizeRules? rules = null, IPodVolumes? volumes = null)
    {
        Access = new ImageAccess(verification ?? new VerificationPolicy(VerificationPolicy.NeverPreloaded, []), pulls, Time, NullLogger.Instance, new ImageMetrics(Metrics));
        Devices = new DeviceManager(null, Time, NullLogger.Instance, new DeviceMetrics(Metrics));
        Drivers = new ClaimDrivers(TimeProvider.System);
        Pressure = new NodePressure(TimeSpan.FromMinutes(5), Time);
        Runtime = new SimulatedRuntime(Time);
        var runtime = ShakenRuntime.Over(Runtime);
        Cache = new RuntimeCache(runtime, Time, NullLogger.Instance, new RelistMetrics(Metrics, Time));
        var metrics = new PodMetrics(Metrics, Time);
        _http = new HttpProber(Time);
        var facts = new NodeFacts("node", ["192.0.2.1"], new Dictionary<string, Quantity> { ["cpu"] = new(4), ["memory"] = new(8L << 30), ["pods"] = new(3) }, 8L << 30, "simulated") { CanRecursiveReadOnly = _ => CanRecursiveReadOnly };
        Probes = new ProbeManager(new Prober(runtime, _http, Time), Events, () => facts, new ProbeMetrics(ProbeMetrics), Time, Random.Shared);
        Services = new PodServices
        {
            Runtime = runtime,
            Cache = Cache,
            Health = Health = new NodeHealth(runtime, Cache, () => Shutdown?.IsActive == true),
            Images = new ImagePuller(runtime, Events, Backoff(), new PullLimiter(new() { SerializeImagePulls = false, RegistryPullQps = 0 }, Time), Access, [], new ImageMetrics(Metrics), metrics.Starts, Time),
            Volumes = volumes ?? new NoVolumes(),
            ImageMounts = images?.Invoke(runtime),
            Probes = Probes,
            Statuses = Statuses,
            Events = Events,
            Admission = new ShutdownAdmission(new PodAdmission(() => Api, _ => Task.FromResult<Sampan.Api.Core.V1.Node?>(ApiNow ?? Api), () => facts.Allocatable, new Sysctls([]), Pressure, () => false, new Preemption((pod, end, ct) => Pods!.EvictAsync(pod, end, ct), Events, metrics)), () => Shutdown?.IsActive == true),
            Cgroups = new PodCgroups(new NoCgroups(), "/", () => facts.MemoryCapacity, new CgroupRules()),
            Objects = Objects,
            Paths = new PodPaths("/nowhere", "/nowhere/logs"),
            LogLinks = new LogLinks(null, NullLogger.Instance),
            Dns = new PodDns(["10.96.0.10"], "cluster.local", "/dev/null", () => facts.Addresses),
            Hooks = new HookRunner(runtime, _http, Events, metrics, Time),
            CrashBackoff = Backoff(),
            Allocations = new PodAllocations(null, () => facts.Allocatable, rules ?? ResizeRules.None),
            Exclusive = exclusive?.Invoke(Devices) ?? ExclusiveResources.OnlyDevices(Devices, Metrics, Time),
            Claims = new ClaimManager(Drivers, Objects, null, new ClaimMetrics(Metrics, Time)),
            UserNamespaces = new UserNamespaces(runtime, new PodPaths("/nowhere", "/nowhere/logs"), touchesHost: false),
            RuntimeClasses = new RuntimeClasses(RuntimeClasses.GetValueOrDefault),
            Node = () => facts,
            Time = Time,
            Metrics = metrics,
            Logger = NullLogger.Instance,
            ClusterDomain = "cluster.local",
            Seccomp = new SeccompDefaults("/nowhere", false),
            TouchesHost = false,
        };
        Pods = new PodManager(Services);
        _events = WatchAsync();
    }

    /// <summary>The node as the kubelet has heard of it.</summary>
    public Sampan.Api.Core.V1.Node Api { get; } = new() { Metadata = new() { Name = "node", Labels = [] } };

    /// <summary>The node as the API server has it, when that is newer.</summary>
    public Sampan.Api.Core.V1.Node? ApiNow { get; set; }

    /// <summary>Whether its runtime can make all below a mount read-only.</summary>
    public bool CanRecursiveReadOnly { get; set; }

    public FakeTimeProvider Time { get; } = new();

    public SimulatedRuntime Runtime { get; }

    public RuntimeCache Cache { get; }

    public ProbeManager Probes { get; }

    /// <summary>What keeps it from running pods; looked at only when a test does.</summary>
    public NodeHealth Health { get; }

    public Dictionary<string, RuntimeClass> RuntimeClasses { get; } = [];

    public NodePressure Pressure { get; }

    public MetricRegistry ProbeMetrics { get; } = new();

    public MetricRegistry Metrics { get; } = new();

    public DeviceManager Devices { get; }

    public ClaimDrivers Drivers { get; }

    public ImageAccess Access { get; }

    public NodeShutdown? Shutdown { get; private set; }

    public FakeEvents Events { get; } = new();

    public FakeStatuses Statuses { get; } = new();

    public FakePodObjects Objects { get; } = new();

    public PodServices Services { get; }

    public PodManager Pods { get; }

    public static Pod Pod(string name, Action<Pod>? change = null)
    {
        var pod = new Pod
        {
            Metadata = new() { Name = name, Namespace = "default", Uid = $"uid-{name}", Generation = 1 },
            Spec = new()
            {
                NodeName = "node",
                TerminationGracePeriodSeconds = 30,
                Containers = [Container("web")],
            },
        };
        change?.Invoke(pod);
        return pod;
    }

    /// <summary>Has the pod's container mount all of the pod's volumes; others the kubelet leaves alone.</summary>
    public static Pod Mounting(Pod pod, bool asDevices = false)
    {
        var (names, container) = (pod.Spec.Volumes.OrEmpty().Select(v => v.Name), pod.Spec.Containers[0]);
        container.VolumeMounts = asDevices ? null : [.. names.Select(name => new VolumeMount { Name = name, MountPath = $"/{name}" })];
        container.VolumeDevices = asDevices ? [.. names.Select(name => new VolumeDevice { Name = name, DevicePath = $"/dev/{name}" })] : null;
        return pod;
    }

    public static Container Container(string name, Action<Container>? change = null)
    {
        var container = new Container { Name = name, Image = $"registry.test/{name}:1", ImagePullPolicy = "IfNotPresent" };
        change?.Invoke(container);
        return container;
    }

    public static Pod Deleted(Pod pod, long grace = 30)
    {
        var deleted = pod.DeepClone();
        deleted.Metadata.DeletionTimestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero);
        deleted.Metadata.DeletionGracePeriodSeconds = grace;
        return deleted;
    }

    public PodStatus Status(Pod pod) => Statuses.Find(pod.Metadata.Uid) ?? new PodStatus();

    public ContainerStatus Container(Pod pod, string name = "web")
    {
        var status = Status(pod);
        return status.ContainerStatuses.OrEmpty().Concat(status.InitContainerStatuses.OrEmpty()).FirstOrDefault(c => c.Name == name) ?? new ContainerStatus();
    }

    /// <summary>Gives the node what ends its pods before the machine goes down.</summary>
    public NodeShutdown UseShutdown(KubeletConfiguration configuration) => Shutdown = new NodeShutdown(configuration, Pods, Events, new NodeMetrics(Metrics, Time.GetUtcNow(), Time), Time, NullLogger.Instance);

    /// <summary>Waits while time passes, second by second.</summary>
    public Task InTimeAsync(Func<bool> condition, string what) => UntilAsync(condition, what, TimeSpan.FromSeconds(1));

    public Task UntilAsync(Func<bool> condition, string what, TimeSpan? step = null) =>
        Eventually.TrueAsync(condition, what, step is { } by ? () => Time.Advance(by) : null);

    public async Task<Pod> RunAsync(Pod pod)
    {
        Pods.Upsert(pod);
        await UntilAsync(() => Status(pod).Phase == "Running", $"{pod.Metadata.Name} runs");
        return pod;
    }

    public async ValueTask DisposeAsync()
    {
        await Pods.DisposeAsync();
        await _stop.CancelAsync();
        Runtime.Dispose();
        await _events;
        Devices.Dispose();
        Drivers.Dispose();
        Services.Claims.Dispose();
        _http.Dispose();
        _stop.Dispose();
    }

    private Backoff Backoff() => new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), Time);

    /// <summary>What the cache's own loop does with events, without its timers.</summary>
    private async Task WatchAsync()
    {
        try
        {
            await foreach (var _ in Runtime.WatchEventsAsync(_stop.Token))
            {
                await Cache.RelistAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
