using Sampan.Api.Core.V1;
using Sampan.Kubelet.Linux;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Persistent;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Volumes;

/// <summary>Upstream: pkg/volume/local, and TestSafeFormatAndMount of k8s.io/mount-utils.</summary>
public sealed class LocalVolumeTests : IDisposable
{
    private const string Probe = "blkid -p -s TYPE -s PTTYPE -o export /dev/disk";
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLinux _linux = new();
    private readonly FakeCommands _commands = new();
    private readonly FakeEvents _events = new();
    private readonly PodPaths _paths;
    private readonly LocalVolume _volumes;
    private readonly PersistentVolume _volume = new() { Metadata = new() { Name = "pv" }, Spec = new() { Local = new() { Path = "/dev/disk" } } };

    public LocalVolumeTests()
    {
        _linux.Kinds["/dev/disk"] = FileKind.BlockDevice;
        _paths = new PodPaths(_directory["kubelet"], _directory["logs"]);
        _volumes = new LocalVolume(_paths, _directory["mounts"], new DeviceFormatter(_commands, _linux), _linux, _events);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(null, "mkfs.ext4 -F -m0 /dev/disk", "ext4 /dev/disk defaults")]
    [InlineData("ext3", "mkfs.ext3 -F -m0 /dev/disk", "ext3 /dev/disk defaults")]
    [InlineData("xfs", "mkfs.xfs -f /dev/disk", "xfs /dev/disk defaults")]
    [InlineData("btrfs", "mkfs.btrfs /dev/disk", "btrfs /dev/disk defaults")]
    public async Task SetUp_EmptyDevice_IsFormatted(string? type, string format, string mount)
    {
        _volume.Spec.Local!.FsType = type;
        _commands.Answer = call => call == Probe ? throw new CommandFailure("nothing") { ExitCode = 2 } : "";

        Assert.Equal(Own("a"), await SetUpAsync("a"));

        Assert.Equal([Probe, format], _commands.Calls);
        Assert.Equal([mount], _linux.Programs);
        Assert.Equal([_directory["mounts/pv"], Own("a")], _linux.Mounts);
    }

    [Theory]
    [InlineData("TYPE=ext4\n", 0, null)]
    [InlineData("TYPE=xfs\n", 1, null)]
    [InlineData("TYPE=ext4\n", 4, "'fsck' found errors on device /dev/disk but could not correct them: broken")]
    [InlineData("TYPE=ext4\n", 8, null)]
    [InlineData("PTTYPE=dos\n", 0, null)]
    public async Task SetUp_DeviceThatHoldsSomething_IsOnlyRepaired(string found, int repair, string? problem)
    {
        _commands.Answer = call => call == Probe ? found : repair == 0 ? "" : throw new CommandFailure("fsck") { ExitCode = repair, Output = "broken" };

        var failure = await Record.ExceptionAsync(() => SetUpAsync("a")) as VolumeFailure;

        Assert.Equal([Probe, "fsck -a /dev/disk"], _commands.Calls);
        Assert.Equal(problem is null ? null : $"MountVolume.MountDevice: local: failed to mount device /dev/disk at {_directory["mounts/pv"]} (fstype: ext4), error {problem}", failure is null ? null : $"{failure.Operation}: {failure.Message}");
        Assert.Equal(problem is null ? 1 : 0, _linux.Programs.Count);
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, "cannot mount unformatted disk /dev/disk as we are manipulating it in read-only mode")]
    public async Task SetUp_ReadOnly_ChangesNothing(bool isFormatted, string? problem)
    {
        _commands.Answer = call => isFormatted ? "TYPE=ext4\n" : throw new CommandFailure("nothing") { ExitCode = 2 };

        var failure = await Record.ExceptionAsync(() => SetUpAsync("a", isReadOnly: true));

        Assert.Equal([Probe], _commands.Calls);
        Assert.EndsWith(problem ?? "", failure?.Message ?? "", StringComparison.Ordinal);
        string[] mounts = isFormatted ? ["ext4 /dev/disk ro,defaults"] : [];
        Assert.Equal(mounts, _linux.Programs);
    }

    [Fact]
    public async Task SetUp_HostWithoutTheProgram_SaysSo()
    {
        _commands.Answer = call => throw new CommandFailure($"{call.Split(' ')[0]} cannot be started: No such file or directory") { IsMissing = true };
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync("a"));
        Assert.EndsWith("error failed to get disk format of disk /dev/disk: blkid cannot be started: No such file or directory", failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory["mounts/pv"]));
    }

    [Fact]
    public async Task Release_DeviceThatNoPodHas_IsUnmounted()
    {
        _commands.Answer = _ => "TYPE=ext4\n";
        await SetUpAsync("a");
        await SetUpAsync("b");
        await SetUpAsync("a");
        Assert.Single(_linux.Programs);

        Leave("a");
        await _volumes.ReleaseUnusedAsync(default);
        Assert.Contains(_directory["mounts/pv"], _linux.Mounts);
        Leave("b");
        await _volumes.ReleaseUnusedAsync(default);

        Assert.Empty(_linux.Mounts);
        Assert.False(Directory.Exists(_directory["mounts/pv"]));
    }

    [Fact]
    public async Task SetUp_ModeBlock_IsTheDeviceItself()
    {
        _volume.Spec.VolumeMode = "Block";
        Assert.Equal("/dev/disk", await SetUpAsync("a"));
        Assert.Empty(_commands.Calls);
    }

    /// <summary>Upstream: TestFSGroupMount.</summary>
    [Theory]
    [InlineData(1001, 0)]
    [InlineData(1002, 1)]
    public async Task SetUp_WhileAnotherPodHasIt_KeepsItsGroup(long second, int warnings)
    {
        _commands.Answer = _ => "TYPE=ext4\n";
        _linux.Groups[_directory["mounts/pv"]] = 1001;

        await SetUpAsync("a", group: 1001);
        await SetUpAsync("b", group: second);

        Assert.Equal(["pv :1001"], _linux.Owners);
        Assert.Equal(Enumerable.Repeat("Warning AlreadyMountedVolume The requested fsGroup is 1002, but the volume pv has GID 1001. The volume may not be shareable.", warnings), _events.All);
    }

    private string Own(string pod) => _directory[$"kubelet/pods/uid-{pod}/volumes/kubernetes.io~local-volume/pv"];

    private void Leave(string pod)
    {
        _linux.Unmount(Own(pod));
        Directory.Delete(_directory[$"kubelet/pods/uid-{pod}"], recursive: true);
    }

    private Task<string> SetUpAsync(string pod, bool isReadOnly = false, long? group = null) =>
        _volumes.SetUpAsync(Node.Pod(pod, p => p.Spec.SecurityContext = new() { FsGroup = group }), new ClaimedVolume(_volume, new PersistentVolumeClaim(), isReadOnly), default);
}
