using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Csi;
using Sampan.Kubelet.Volumes.Payload;
using Sampan.Kubelet.Volumes.Persistent;

namespace Sampan.Kubelet.Tests.Volumes.Csi;

/// <summary>A node with one CSI driver behind a real socket; mounts are in name only.</summary>
internal sealed class CsiNode : IAsyncDisposable
{
    public const string DriverName = "test.csi.sampan.io";
    private readonly CsiDrivers _drivers;

    private CsiNode()
    {
        Objects = new FakePodObjects(Time);
        Driver = new TestCsiDriver(Directory["csi.sock"], Directory["disks"], Linux);
        NodeObject = new CsiNodeObject(Api, Time, NullLogger.Instance);
        _drivers = new CsiDrivers(NodeObject, Api, Time);
        Pods = new PodPaths(Directory["kubelet"], Directory["logs"]);
        Paths = new CsiPaths(Directory["kubelet"], Pods);
        Restart();
    }

    public TemporaryDirectory Directory { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public FakeLinux Linux { get; } = new();

    public FakeCsiApi Api { get; } = new();

    public FakeEvents Events { get; } = new();

    public FakePodObjects Objects { get; }

    public TestCsiDriver Driver { get; }

    public CsiDrivers Drivers => _drivers;

    public CsiNodeObject NodeObject { get; }

    public PodPaths Pods { get; }

    public CsiPaths Paths { get; }

    public CsiAttachments Attachments { get; private set; } = null!;

    public PodVolumes Volumes { get; private set; } = null!;

    public Plugin Plugin => new(DriverName, Driver.Socket, ["1.0.0"]);

    /// <summary>The driver runs and is registered; it attaches nothing.</summary>
    public static async Task<CsiNode> StartAsync(Action<CSIDriverSpec>? change = null)
    {
        var node = new CsiNode();
        var spec = new CSIDriverSpec { AttachRequired = false, VolumeLifecycleModes = ["Persistent", "Ephemeral"] };
        change?.Invoke(spec);
        node.Api.Drivers[DriverName] = new() { Metadata = new() { Name = DriverName }, Spec = spec };
        await node.Driver.StartAsync();
        await node._drivers.RegisterAsync(node.Plugin, default);
        return node;
    }

    /// <summary>Everything is forgotten but what lies in files.</summary>
    public void Restart(bool isAttachedByController = true)
    {
        Attachments = new CsiAttachments(Api, Time, isAttachedByController);
        var requests = new CsiRequests(Api, Objects, new ServiceAccountTokens(Objects, Time));
        var volumes = new CsiVolumes(_drivers, requests, Attachments, Api, Paths, Linux);
        volumes.Restore();
        var plugin = new CsiPlugin(volumes, new CsiExpander(_drivers, requests, Paths, new NodeExpansion(Api, Events, Time)));

        // Nobody loses patience while a test hurries the driver's and the attacher's time on.
        Volumes = new PodVolumes([plugin, new ClaimPlugin(Objects, [plugin], new SoleUsers(Pods), () => null)], Pods, Linux, TimeProvider.System);
    }

    /// <summary>A pod with one volume by a claim on a persistent volume of the driver.</summary>
    public Pod PodWithClaim(string name, Action<PersistentVolume>? change = null)
    {
        var volume = new PersistentVolume
        {
            Metadata = new() { Name = "pv" },
            Spec = new()
            {
                AccessModes = ["ReadWriteOnce"],
                Capacity = new() { ["storage"] = new Quantity(1L << 30) },
                ClaimRef = new() { Uid = "uid-data" },
                Csi = new() { Driver = DriverName, VolumeHandle = "disk-1", FsType = "ext4", VolumeAttributes = new() { ["kind"] = "fast" } },
            },
        };
        change?.Invoke(volume);
        Objects.Volumes["pv"] = volume;
        Objects.Claims["data"] = new()
        {
            Metadata = new() { Name = "data", Namespace = "default", Uid = "uid-data" },
            Spec = new() { VolumeName = "pv" },
            Status = new() { Phase = "Bound", Capacity = new() { ["storage"] = new Quantity(1L << 30) } },
        };
        return Fakes.Node.Mounting(Fakes.Node.Pod(name, p => p.Spec.Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }]), volume.Spec.VolumeMode == "Block");
    }

    public Pod PodWithInline(string name, Action<CSIVolumeSource>? change = null)
    {
        var source = new CSIVolumeSource { Driver = DriverName, VolumeAttributes = new() { ["kind"] = "scratch" } };
        change?.Invoke(source);
        return Fakes.Node.Mounting(Fakes.Node.Pod(name, p => p.Spec.Volumes = [new() { Name = "v", Csi = source }]));
    }

    public async Task<string> MountAsync(Pod pod) => (await Volumes.MountAsync(pod, default))["v"].HostPath;

    public async ValueTask DisposeAsync()
    {
        _drivers.Dispose();
        await Driver.DisposeAsync();
        Directory.Dispose();
    }
}
