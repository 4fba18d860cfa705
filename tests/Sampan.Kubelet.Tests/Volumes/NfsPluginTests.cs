using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Persistent;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Volumes;

public sealed class NfsPluginTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLinux _linux = new();
    private readonly FakePodObjects _objects = new();
    private readonly PodVolumes _volumes;

    public NfsPluginTests()
    {
        var paths = new PodPaths(_directory.Path, _directory["logs"]);
        var nfs = new NfsPlugin(paths, _linux);
        _volumes = new PodVolumes([nfs, new EmptyDirPlugin(paths, _linux, new MemoryMounts(_linux, _directory["trial"]), () => 4L << 30), new ClaimPlugin(_objects, [nfs], new SoleUsers(paths), () => null)], paths, _linux, _time);
        _objects.Claims["data"] = new() { Metadata = new() { Name = "data", Namespace = "default", Uid = "uid-data" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } };
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Mount_VolumeOfThePod_MountsTheExportOnce()
    {
        var pod = PodWith(new Volume { Name = "v", Nfs = new() { Server = "192.0.2.7", Path = "/exports/a", ReadOnly = true } });
        var mounted = (await _volumes.MountAsync(pod, default))["v"];
        await _volumes.MountAsync(pod, default);
        Assert.Equal(_directory["pods/uid-a/volumes/kubernetes.io~nfs/v"], mounted.HostPath);
        Assert.True(mounted.IsReadOnly);
        Assert.Equal(["nfs 192.0.2.7:/exports/a ro"], _linux.Programs);
        await _volumes.RemoveAsync("uid-a", default);
        Assert.Empty(_linux.Mounts);
    }

    [Fact]
    public async Task Mount_PersistentVolume_HasItsMountOptions()
    {
        _objects.Volumes["pv"] = new()
        {
            Metadata = new() { Name = "pv" },
            Spec = new() { Nfs = new() { Server = "fd00::7", Path = "/" }, MountOptions = ["nfsvers=4.2", "hard"], ClaimRef = new() { Uid = "uid-data" } },
        };
        await _volumes.MountAsync(PodWith(new Volume { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }), default);
        Assert.Equal(["nfs [fd00::7]:/ nfsvers=4.2,hard"], _linux.Programs);
        Assert.Contains(_directory["pods/uid-a/volumes/kubernetes.io~nfs/pv"], _linux.Mounts);
    }

    [Fact]
    public async Task Mount_ServerThatRefuses_TellsWhatMountSaid()
    {
        _linux.OnMount = _ => Task.FromException(new IOException("mount failed: exit status 32"));
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => _volumes.MountAsync(PodWith(Nfs()), default));
        Assert.Equal(["MountVolume.SetUp failed for volume \"v\" : mount failed: exit status 32"], failure.Messages);
    }

    /// <summary>Upstream: changeFilePermission, which goes on where a file keeps its owner.</summary>
    [Fact]
    public async Task Mount_ServerThatGivesNothingToTheGroup_IsThePodsAllTheSame()
    {
        _linux.KeepsOwners = true;
        var pod = PodWith(Nfs());
        pod.Spec.SecurityContext = new() { FsGroup = 2000 };
        Assert.Single(await _volumes.MountAsync(pod, default));
        Assert.Empty(_linux.Owners);
    }

    [Fact]
    public async Task Mount_ServerThatHangs_KeepsItsPodWaitingAndNobodyElse()
    {
        var answer = new TaskCompletionSource();
        _linux.OnMount = _ => answer.Task;
        var hung = _volumes.MountAsync(PodWith(Nfs(), new() { Name = "fine", EmptyDir = new() }), default);
        var other = Node.Mounting(Node.Pod("b", p => p.Spec.Volumes = [new() { Name = "v", EmptyDir = new() }]));
        Assert.Single(await _volumes.MountAsync(other, default));

        await Eventually.TrueAsync(() => hung.IsCompleted, "it says that it waits", () => _time.Advance(TimeSpan.FromSeconds(10)));
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => hung);
        Assert.Equal(["Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[]: context deadline exceeded"], failure.Messages);

        // The next round waits for the same mount, and a pod that ends meanwhile does not pull the directory away under it.
        var again = _volumes.MountAsync(PodWith(Nfs()), default);
        Assert.Single(_linux.Programs);
        await Assert.ThrowsAsync<VolumeFailure>(() => _volumes.RemoveAsync("uid-a", default));
        answer.SetResult();
        await again;
        await _volumes.RemoveAsync("uid-a", default);
        Assert.Empty(_linux.Mounts);
    }

    [Fact]
    public async Task Mount_ClaimThatIsNotBound_SaysWhichVolumesWait()
    {
        _objects.Claims["data"].Status.Phase = "Pending";
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => _volumes.MountAsync(PodWith(new Volume { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }), default));
        Assert.Equal(
            ["Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[], failed to process volumes=[v]: error processing PVC default/data: PVC is not bound"],
            failure.Messages);
    }

    private static Volume Nfs() => new() { Name = "v", Nfs = new() { Server = "192.0.2.7", Path = "/exports/a" } };

    private static Pod PodWith(params Volume[] volumes) => Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [.. volumes]));
}
