using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Server;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Volumes.LocalPath;

namespace Sampan.Kubelet.Parts;

/// <summary>The kubelet's own API, and the figures that it shows.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    public ServerParts(KubeletOptions options, HostParts host, VolumeParts volumes, PodParts pods)
    {
        var (time, cache) = (options.Time, host.Cache);
        Usage = new UsageReader(
            options.NodeName, options.RootDirectory, () => pods.All, cache, host.Runtime, host.Cgroups, host.Paths, volumes.Usage, host.Linux, () => host.Capacity.ForPods.MemoryBytes ?? host.Capacity.MemoryBytes, time)
        {
            RuntimeGroup = options.RuntimeCgroups,
            SystemGroup = options.Configuration.SystemCgroups is { Length: > 0 } group ? group : null,
        };
        PodCounts.AddTo(options.Metrics, cache, () => pods.Manager.Workers, pods.Allocations.IsInProgress, () => pods.Mirrors.Count);
        ProcessMetrics.AddTo(options.Metrics);
        var routes = new KubeletRoutes(
            options.Configuration,
            new PodsHandler(() => pods.All, pods.Statuses, cache),
            new LogHandler(pods.Manager, cache, pods.Statuses, host.Paths, time),
            new SystemLogs("/var/log"),
            new CheckpointHandler(pods.Manager, cache, host.Runtime, Path.Combine(options.RootDirectory, "checkpoints"), time),
            new StreamHandler(pods.Manager, cache, host.Runtime, options.Metrics),
            Usage,
            new ResourceMetrics(Usage),
            new CadvisorMetrics(Usage, host.Cgroups, () => (host.Capacity.Cores, host.Capacity.MemoryBytes)),
            new LocalVolumesHandler(options.LocalVolumesDirectory is { } folder ? new LocalVolumes(folder) : null),
            options.Metrics,
            new VolumeMetrics(() => pods.All, volumes.Usage, volumes.Volumes),
            new LogMetrics(Usage),
            pods.ProbeMetrics,
            new DebugPages("kubelet", options.Flags, () => KubeletRoutes.Paths, time),
            new VerbosityHandler(options.Logs as ILogVerbosity));
        Server = new KubeletServer(options, new KubeletAccess(options), routes, host.Metrics);
    }

    public UsageReader Usage { get; }

    public KubeletServer Server { get; }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
