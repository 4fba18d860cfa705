using Microsoft.Extensions.Logging;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Csi;
using Sampan.Kubelet.Volumes.Payload;
using Sampan.Kubelet.Volumes.Persistent;

namespace Sampan.Kubelet.Parts;

/// <summary>Volumes of every kind.</summary>
internal sealed class VolumeParts : IDisposable
{
    private readonly KubeletOptions _options;
    private readonly HostParts _host;
    private readonly ApiParts _api;

    public VolumeParts(KubeletOptions options, HostParts host, ApiParts api, ILogger logger)
    {
        (_options, _host, _api) = (options, host, api);
        CsiNode = new CsiNodeObject(api.Csi, options.Time, logger);
        Drivers = new CsiDrivers(CsiNode, api.Csi, options.Time);
        Attachments = new CsiAttachments(api.Csi, options.Time, options.Configuration.EnableControllerAttachDetach);
        Images = options.IsSimulated
            ? null
            : new ImageMounts(host.Runtime, options.Configuration.ContainerRuntimeEndpoint, host.Paths, host.Linux, new HostCommands(options.Time));
        Volumes = Images is null ? new NoVolumes() : Real(Images);
        var stats = new CsiStats(Drivers, new CsiPaths(options.RootDirectory, host.Paths), options.Time);
        Usage = new VolumeUsageReader(Volumes, host.Linux, stats, options.Metrics, options.Configuration.VolumeStatsAggPeriod, options.Time);
    }

    public CsiNodeObject CsiNode { get; }

    public CsiDrivers Drivers { get; }

    public CsiAttachments Attachments { get; }

    public IPodVolumes Volumes { get; }

    /// <summary>Null where the runtime is simulated.</summary>
    public ImageMounts? Images { get; }

    public VolumeUsageReader Usage { get; }

    public void Dispose() => Drivers.Dispose();

    private PodVolumes Real(ImageMounts images)
    {
        var (paths, linux, time) = (_host.Paths, _host.Linux, _options.Time);
        var tokens = new ServiceAccountTokens(_api.Objects, time);
        var hostPath = new HostPathPlugin(linux);
        var nfs = new NfsPlugin(paths, linux);
        var expansion = new NodeExpansion(_api.Csi, _api.Events, time);
        var csi = Csi(tokens, expansion);
        var mounts = Path.Combine(_options.RootDirectory, "plugins", LocalVolume.Name, "mounts");
        var commands = new HostCommands(time);
        var formatter = new DeviceFormatter(commands, linux);
        var local = new LocalVolume(paths, mounts, formatter, new DeviceGrower(commands, formatter), expansion, linux, _api.Events);
        var reader = new PayloadReader(
            _api.Objects, tokens, _api.Bundles, () => _host.Facts.Allocatable, () => _host.Facts.Addresses, uid => SandboxAddresses.Of(_host.Cache.Get(uid).LatestSandbox, _host.Facts));
        return new PodVolumes(
            [
                new EmptyDirPlugin(paths, linux, _host.Memory, () => _host.Facts.Allocatable.GetValueOrDefault("memory").AsLong()),
                hostPath,
                nfs,
                csi,
                new ImagePlugin(images),
                new ClaimPlugin(_api.Objects, [new HostPathVolume(hostPath), local, nfs, csi], new SoleUsers(paths), _api.Node),
                .. PayloadPlugin.All(reader, paths, linux, _host.Memory, time),
            ],
            paths,
            linux,
            time);
    }

    /// <summary>Knows which attached volumes an earlier kubelet mounted before anything else looks at volumes.</summary>
    private CsiPlugin Csi(ServiceAccountTokens tokens, NodeExpansion expansion)
    {
        var paths = new CsiPaths(_options.RootDirectory, _host.Paths);
        var requests = new CsiRequests(_api.Csi, _api.Objects, tokens);
        var volumes = new CsiVolumes(Drivers, requests, Attachments, _api.Csi, paths, _host.Linux);
        volumes.Restore();
        return new CsiPlugin(volumes, new CsiExpander(Drivers, requests, paths, expansion));
    }
}
