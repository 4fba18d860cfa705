using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Persistent;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Stats;

public sealed class VolumeMetricsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Render_ClaimOfTwoPods_IsToldOnceAndOtherVolumesNot()
    {
        var (time, linux) = (new FakeTimeProvider(), new FakeLinux { Usage = new FileSystemUsage(1000, 600, 400, 50, 30) });
        var (paths, objects) = (new PodPaths(_directory.Path, _directory["logs"]), new FakePodObjects(time));
        objects.Claims["data"] = new() { Metadata = new() { Name = "data", Namespace = "default", Uid = "uid-data" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } };
        objects.Volumes["pv"] = new() { Metadata = new() { Name = "pv" }, Spec = new() { HostPath = new() { Path = _directory.Path }, ClaimRef = new() { Uid = "uid-data" } } };
        var hostPath = new HostPathPlugin(linux);
        var volumes = new PodVolumes([new EmptyDirPlugin(paths, linux, new MemoryMounts(linux, _directory["trial"]), () => 0), new ClaimPlugin(objects, [new HostPathVolume(hostPath)], new SoleUsers(paths), () => null)], paths, linux, time);
        Pod[] pods = [PodWithClaim("a"), PodWithClaim("b")];
        var metrics = new Client.Metrics.MetricRegistry();
        foreach (var pod in pods) await volumes.MountAsync(pod, default);

        var text = await new VolumeMetrics(() => pods, new VolumeUsageReader(volumes, linux, null, metrics, TimeSpan.FromMinutes(1), time), volumes).RenderAsync(default);

        const string labels = "{namespace=\"default\",persistentvolumeclaim=\"data\"}";
        Assert.Equal(
            [$"available_bytes{labels} 600", $"capacity_bytes{labels} 1000", $"inodes{labels} 50", $"inodes_free{labels} 30", $"inodes_used{labels} 20", $"used_bytes{labels} 400"],
            text.Split('\n').Where(l => l.StartsWith("kubelet_volume_stats_", StringComparison.Ordinal)).Select(l => l["kubelet_volume_stats_".Length..]));
        Assert.Contains("kubelet_volume_metric_collection_duration_seconds_count{metric_source=\"statfs\"} 2\n", metrics.Render(), StringComparison.Ordinal);
        Assert.Contains("kubelet_volume_metric_collection_duration_seconds_count{metric_source=\"du\"} 2\n", metrics.Render(), StringComparison.Ordinal);
    }

    /// <summary>Upstream: pkg/kubelet/volumemanager/metrics, TestMetricCollection.</summary>
    [Fact]
    public async Task Render_VolumesThatPodsWantAndHave_AreCounted()
    {
        var (time, linux) = (new FakeTimeProvider(), new FakeLinux());
        var (paths, objects) = (new PodPaths(_directory.Path, _directory["logs"]), new FakePodObjects(time));
        var hostPath = new HostPathPlugin(linux);
        var volumes = new PodVolumes([new EmptyDirPlugin(paths, linux, new MemoryMounts(linux, _directory["trial"]), () => 0), new ClaimPlugin(objects, [new HostPathVolume(hostPath)], new SoleUsers(paths), () => null)], paths, linux, time);
        var pod = PodWithClaim("a");
        await Assert.ThrowsAsync<VolumesNotReady>(() => volumes.MountAsync(pod, default));
        const string name = "volume_manager_total_volumes{plugin_name=\"kubernetes.io";
        Assert.Equal([$"{name}/empty-dir\",state=\"actual_state_of_world\"}} 1", $"{name}/empty-dir\",state=\"desired_state_of_world\"}} 1"], await RenderAsync());

        objects.Claims["data"] = new() { Metadata = new() { Name = "data", Namespace = "default", Uid = "uid-data" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } };
        objects.Volumes["pv"] = new() { Metadata = new() { Name = "pv" }, Spec = new() { HostPath = new() { Path = _directory["later"], Type = "Directory" }, ClaimRef = new() { Uid = "uid-data" } } };
        await Assert.ThrowsAsync<VolumesNotReady>(() => volumes.MountAsync(pod, default));
        Assert.Equal([$"{name}/host-path\",state=\"actual_state_of_world\"}} 0", $"{name}/host-path\",state=\"desired_state_of_world\"}} 1"], (await RenderAsync()).Where(l => l.Contains("host-path", StringComparison.Ordinal)));

        Directory.CreateDirectory(_directory["later"]);
        await volumes.MountAsync(pod, default);
        Assert.Contains($"{name}/host-path\",state=\"actual_state_of_world\"}} 1", await RenderAsync());
        await volumes.TearDownAsync(pod.Metadata.Uid, default);
        Assert.Empty(await RenderAsync());

        async Task<IEnumerable<string>> RenderAsync() =>
            (await new VolumeMetrics(() => [], new VolumeUsageReader(volumes, linux, null, new(), TimeSpan.FromMinutes(1), time), volumes).RenderAsync(default)).Split('\n').Where(l => l.StartsWith("volume_manager_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_BlockDevice_TellsItsSizeAlone()
    {
        var (time, linux) = (new FakeTimeProvider(), new FakeLinux { DeviceSize = 4096 });
        linux.Kinds["/dev/disk"] = FileKind.BlockDevice;
        var (paths, objects) = (new PodPaths(_directory.Path, _directory["logs"]), new FakePodObjects(time));
        objects.Claims["data"] = new() { Metadata = new() { Name = "data", Namespace = "default", Uid = "uid-data" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } };
        objects.Volumes["pv"] = new() { Metadata = new() { Name = "pv" }, Spec = new() { Local = new() { Path = "/dev/disk" }, VolumeMode = "Block", ClaimRef = new() { Uid = "uid-data" } } };
        var (commands, events) = (new FakeCommands(), new FakeEvents());
        var formatter = new DeviceFormatter(commands, linux);
        var local = new LocalVolume(paths, _directory["mounts"], formatter, new DeviceGrower(commands, formatter), new NodeExpansion(new FakeCsiApi(), events, time), linux, events);
        var volumes = new PodVolumes([new ClaimPlugin(objects, [local], new SoleUsers(paths), () => null)], paths, linux, time);
        var pod = Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }]), asDevices: true);
        await volumes.MountAsync(pod, default);
        var metrics = new Client.Metrics.MetricRegistry();

        var text = await new VolumeMetrics(() => [pod], new VolumeUsageReader(volumes, linux, null, metrics, TimeSpan.FromMinutes(1), time), volumes).RenderAsync(default);

        Assert.Contains("kubelet_volume_stats_capacity_bytes{namespace=\"default\",persistentvolumeclaim=\"data\"} 4096\n", text, StringComparison.Ordinal);
        Assert.Contains("kubelet_volume_stats_used_bytes{namespace=\"default\",persistentvolumeclaim=\"data\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("kubelet_volume_metric_collection_duration_seconds_count{metric_source=\"block\"} 1\n", metrics.Render(), StringComparison.Ordinal);
    }

    private static Pod PodWithClaim(string name) => Node.Mounting(Node.Pod(name, p => p.Spec.Volumes =
    [
        new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } },
        new() { Name = "scratch", EmptyDir = new() },
    ]));
}
