using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Logs;
using Sampan.Kubelet.Manifests;
using Sampan.Kubelet.Network;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Status;

namespace Sampan.Kubelet.Parts;

/// <summary>The pods of this node: where they come from, who runs them, and how they are told of.</summary>
internal sealed class PodParts : IAsyncDisposable
{
    private readonly KubeletOptions _options;
    private readonly HttpProber _http;
    private readonly ManifestUrl? _url;

    /// <param name="options">The kubelet's.</param>
    /// <param name="host">The machine.</param>
    /// <param name="api">The API server.</param>
    /// <param name="devices">What containers get for themselves.</param>
    /// <param name="volumes">Volumes.</param>
    /// <param name="images">Images.</param>
    /// <param name="pressure">What the node runs short of.</param>
    /// <param name="isShuttingDown">Whether the machine is about to go down.</param>
    /// <param name="logger">For all.</param>
    public PodParts(
        KubeletOptions options, HostParts host, ApiParts api, DeviceParts devices, VolumeParts volumes, ImageParts images, NodePressure pressure, Func<bool> isShuttingDown, ILogger logger)
    {
        _options = options;
        var (configuration, time) = (options.Configuration, options.Time);
        _http = new HttpProber(time);
        Mirrors = new MirrorPods(options.Client, options.NodeName, api.Node, pod => Statuses!.Resend(pod), time, logger);
        var metrics = host.PodMetrics;
        Statuses = new PodStatusManager(options.Client, pod => pod.IsStatic() ? Mirrors.UidOf(pod) : pod.Metadata.Uid, metrics, time, logger);
        var admission = new PodAdmission(api.Node, api.AskNodeAsync, () => host.Facts.Allocatable, new Sysctls(configuration.AllowedUnsafeSysctls), pressure, AppArmor.IsEnabled, new Preemption((pod, end, ct) => Manager!.EvictAsync(pod, end, ct), api.Events, metrics));
        var links = new LogLinks(options.IsSimulated ? null : LogLinks.DirectoryBeside(configuration.PodLogsDir), logger);
        Allocations = new PodAllocations(
            options.IsSimulated ? null : new AllocationFile(Path.Combine(options.RootDirectory, "allocated_pods_state")),
            () => host.Facts.Allocatable,
            new ResizeRules(devices.Exclusive.Cpus is not null, devices.Exclusive.Memory is not null, host.Cgroups.Limits.MaySwap));
        UserNamespaces = new UserNamespaces(host.Runtime, host.Paths, !options.IsSimulated, (uint)configuration.UserNamespaces.IdsPerPod);
        Manager = new PodManager(new PodServices
        {
            Runtime = host.Runtime,
            Cache = host.Cache,
            Health = host.Health,
            Images = images.Puller,
            Volumes = volumes.Volumes,
            ImageMounts = volumes.Images,
            Probes = new ProbeManager(new Prober(host.Runtime, _http, time), api.Events, () => host.Facts, new ProbeMetrics(ProbeMetrics), time, Random.Shared),
            Statuses = Statuses,
            Events = api.Events,
            Admission = new ShutdownAdmission(admission, isShuttingDown),
            Cgroups = host.Cgroups,
            Objects = api.Objects,
            Paths = host.Paths,
            LogLinks = links,
            Dns = new PodDns(configuration.ClusterDns, configuration.ClusterDomain, configuration.ResolvConf, () => host.Facts.Addresses),
            Hooks = new HookRunner(host.Runtime, _http, api.Events, metrics, time),
            CrashBackoff = CrashBackoff(configuration, time),
            Allocations = Allocations,
            Exclusive = devices.Exclusive,
            Claims = devices.Claims,
            RuntimeClasses = api.RuntimeClasses,
            UserNamespaces = UserNamespaces,
            Node = () => host.Facts,
            Time = time,
            Metrics = metrics,
            Logger = logger,
            ClusterDomain = configuration.ClusterDomain,
            Seccomp = new SeccompDefaults(Path.Combine(options.RootDirectory, "seccomp"), configuration.SeccompDefault),
            SyncInterval = configuration.SyncFrequency,
            TouchesHost = !options.IsSimulated,
        });
        Static = new StaticPodQueue(Manager, Mirrors);
        Containers = new ContainerCollector(options.DeadContainers, host.Cache, host.Runtime, links, api.Events, time, logger);
        LogRotator = new LogRotator(host.Cache, host.Runtime, configuration, time, logger);
        var reader = new ManifestReader(options.NodeName, options.CompletePod, time);
        _url = configuration.StaticPodUrl is { Length: > 0 } url ? new ManifestUrl(url, configuration.StaticPodUrlHeader, reader, logger) : null;
        Manifests = [.. Places(reader, logger)];
    }

    public MetricRegistry ProbeMetrics { get; } = new();

    public MirrorPods Mirrors { get; }

    public PodStatusManager Statuses { get; }

    /// <summary>What pods were granted.</summary>
    public PodAllocations Allocations { get; }

    public UserNamespaces UserNamespaces { get; }

    public PodManager Manager { get; }

    public StaticPodQueue Static { get; }

    public ContainerCollector Containers { get; }

    public LogRotator LogRotator { get; }

    /// <summary>One for each place with manifests.</summary>
    public IReadOnlyList<StaticPods> Manifests { get; }

    public IEnumerable<Pod> All => Manager.Pods;

    public async ValueTask DisposeAsync()
    {
        await Statuses.DisposeAsync();
        _http.Dispose();
        _url?.Dispose();
    }

    private IEnumerable<StaticPods> Places(ManifestReader reader, ILogger logger)
    {
        var configuration = _options.Configuration;
        if (configuration.StaticPodPath is { Length: > 0 } path)
        {
            yield return new StaticPods(new ManifestFiles(path, reader, logger), configuration.FileCheckFrequency.ToTimeSpan(), _options.Time);
        }

        if (_url is not null)
        {
            yield return new StaticPods(_url, configuration.HttpCheckFrequency.ToTimeSpan(), _options.Time);
        }
    }

    private static Backoff CrashBackoff(KubeletConfiguration configuration, TimeProvider time)
    {
        var longest = configuration.CrashLoopBackOff.MaxContainerRestartPeriod.ToTimeSpan();
        return new Backoff(longest < Backoff.Shortest ? longest : Backoff.Shortest, longest, time);
    }
}
