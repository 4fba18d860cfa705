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

        var text = await new VolumeMetrics(() => pods, new VolumeUsageReader(volumes, linux, null, metrics, TimeSpan.FromMinutes(1), time)).RenderAsync(default);

        const string labels = "{namespace=\"default\",persistentvolumeclaim=\"data\"}";
        Assert.Equal(
            [$"available_bytes{labels} 600", $"capacity_bytes{labels} 1000", $"inodes{labels} 50", $"inodes_free{labels} 30", $"inodes_used{labels} 20", $"used_bytes{labels} 400"],
            text.Split('\n').Where(l => l.StartsWith("kubelet_volume_stats_", StringComparison.Ordinal)).Select(l => l["kubelet_volume_stats_".Length..]));
        Assert.Contains("kubelet_volume_metric_collection_duration_seconds_count{metric_source=\"statfs\"} 2\n", metrics.Render(), StringComparison.Ordinal);
        Assert.Contains("kubelet_volume_metric_collection_duration_seconds_count{metric_source=\"du\"} 2\n", metrics.Render(), StringComparison.Ordinal);
    }

    private static Pod PodWithClaim(string name) => Node.Mounting(Node.Pod(name, p => p.Spec.Volumes =
    [
        new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } },
        new() { Name = "scratch", EmptyDir = new() },
    ]));
}
