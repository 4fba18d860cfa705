using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Oom;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Parts;

/// <summary>The node as a whole: what it tells of itself, what it does when it runs short, and how it goes down.</summary>
internal sealed class NodeParts
{
    public NodeParts(
        KubeletOptions options, HostParts host, ApiParts api, DeviceParts devices, VolumeParts volumes, ImageParts images, PodParts pods, ServerParts server, NodePressure pressure, ILogger logger)
    {
        var (configuration, time) = (options.Configuration, options.Time);
        var metrics = options.IsSimulated
            ? new NodeMetrics(options.Metrics, time.GetUtcNow(), time)
            : new NodeMetrics(options.Metrics, HostUsage.Read().BootedAt, time, Path.Combine(options.RootDirectory, ShutdownTimes.FileName));
        Shutdown = new NodeShutdown(configuration, pods.Manager, api.Events, metrics, time, logger);
        ShutdownListener = new ShutdownListener(new Systemd(new HostCommands(time)), Shutdown, time, logger);
        var description = new NodeDescription(options, host.Runtime, host.Health, () => host.Facts, host.Capacity, devices.Devices, () => server.Server.Port);
        Status = new NodeStatusReporter(
            options, description, new NodeRegistration(options), host.Health, pressure, () => volumes.Attachments.InUse, api.Events, metrics, logger);
        _ = api.NodeInformer.Subscribe((_, current) => Status.SawOwnNode(current));
        pressure.Changed += Status.Poke;
        devices.Devices.Changed += Status.Poke;
        volumes.Attachments.Changed += Status.Poke;
        Shutdown.Changed += Status.Poke;
        Eviction = new EvictionManager(configuration, server.Usage.ReadAsync, FreeDiskAsync, pods.Manager.Evict, pods.Manager.IsReclaimed, pressure, api.Events, host.Metrics, time, logger);
        Oom = new OomWatcher(() => new KernelLog(), api.Events, time, logger);
        Lease = new NodeLease(options, logger);
        Allocatable = new NodeAllocatable(configuration, host.Capacity, host.Cgroups, api.Events, time);
        Plugins = new PluginWatcher(Path.Combine(options.RootDirectory, "plugins_registry"), [devices.Registration, devices.Drivers, volumes.Drivers], host.Linux, time, logger);

        async Task FreeDiskAsync(CancellationToken cancellationToken)
        {
            await pods.Containers.DeleteUnusedAsync(pods.Manager.IsReclaimed, cancellationToken);
            await images.Collector.DeleteUnusedAsync(cancellationToken);
        }
    }

    public NodeShutdown Shutdown { get; }

    public ShutdownListener ShutdownListener { get; }

    public NodeStatusReporter Status { get; }

    public EvictionManager Eviction { get; }

    public OomWatcher Oom { get; }

    public NodeLease Lease { get; }

    public NodeAllocatable Allocatable { get; }

    /// <summary>Finds the plugins that announce themselves.</summary>
    public PluginWatcher Plugins { get; }
}
