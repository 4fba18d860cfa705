using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Tests.Volumes;

public sealed class ImageMountsTests : IDisposable
{
    private const string Program = "overlayfs ctr --address /run/c.sock --namespace k8s.io";
    private readonly TemporaryDirectory _root = new();
    private readonly FakeLinux _linux = new();
    private readonly FakeCommands _commands = new();
    private readonly SimulatedRuntime _runtime = new(new FakeTimeProvider()) { ImageMountpoint = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs" };

    private string Volume => Path.Combine(_root.Path, "pods/uid/volumes/kubernetes.io~image/v");

    [Theory]
    [InlineData("containerd", "2.1.0", false)]
    [InlineData("containerd", "v2.3.1-rc.1", false)]
    [InlineData("containerd", "2.0.5", true)]
    [InlineData("containerd", "v1.7.27", true)]
    [InlineData("containerd", "1.6.20~ds1", true)]
    [InlineData("cri-o", "1.31.0", false)]
    public async Task Mount_Runtime_IsHelpedWhereItCannot(string name, string version, bool isHelped)
    {
        _runtime.Version = (name, version);
        Assert.Equal(isHelped ? Volume : null, await Mounts().MountAsync("uid", "v", "sha256:1", default));
        Assert.Equal(isHelped, _commands.Calls.Contains($"{Program} images mount sha256:1 {Volume}"));
    }

    [Fact]
    public async Task Mount_Again_FindsWhatIsMounted()
    {
        _runtime.Version = ("containerd", "1.7.0");
        await Mounts().MountAsync("uid", "v", "sha256:1", default);
        Assert.Equal($"{Program} leases create --id {Volume} --expires 0s containerd.io/gc.ref.snapshot.overlayfs={Volume}", _commands.Calls[^2]);
        _linux.Mount("", Volume, "overlay", MountFlags.None, null);
        _commands.Calls.Clear();
        Assert.Equal(Volume, await Mounts().MountAsync("uid", "v", "sha256:1", default));
        Assert.Empty(_commands.Calls);
    }

    [Fact]
    public async Task TearDown_OfThePod_GivesTheSnapshotBack()
    {
        _runtime.Version = ("containerd", "1.7.0");
        await Mounts().MountAsync("uid", "v", "sha256:1", default);
        _commands.Calls.Clear();
        await new ImagePlugin(Mounts()).TearDownAsync("uid", default);
        Assert.Equal([$"{Program} images unmount --rm {Volume}"], _commands.Calls);
    }

    [Fact]
    public async Task TearDown_ThatFails_SaysWhichVolume()
    {
        Directory.CreateDirectory(Volume);
        _commands.Failure = "ctr ended with code 1: busy";
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => new ImagePlugin(Mounts()).TearDownAsync("uid", default));
        Assert.Equal("UnmountVolume.TearDown failed for volume \"v\" : ctr ended with code 1: busy", failure.Message);
    }

    public void Dispose() => _root.Dispose();

    private ImageMounts Mounts() => new(_runtime, "unix:///run/c.sock", new PodPaths(_root.Path, _root["logs"]), _linux, _commands);
}
