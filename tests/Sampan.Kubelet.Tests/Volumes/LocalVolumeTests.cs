using Sampan.Api;
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
    private readonly FakeCsiApi _api = new();
    private readonly PersistentVolumeClaim _claim = new() { Metadata = new() { Name = "data", Namespace = "default" } };
    private readonly PodPaths _paths;
    private readonly LocalVolume _volumes;
    private readonly PersistentVolume _volume = new() { Metadata = new() { Name = "pv" }, Spec = new() { Local = new() { Path = "/dev/disk" } } };

    public LocalVolumeTests()
    {
        _linux.Kinds["/dev/disk"] = FileKind.BlockDevice;
        _paths = new PodPaths(_directory["kubelet"], _directory["logs"]);
        var formatter = new DeviceFormatter(_commands, _linux);
        _volumes = new LocalVolume(_paths, _directory["mounts"], formatter, new DeviceGrower(_commands, formatter), new NodeExpansion(_api, _events, new FakeTimeProvider()), _linux, _events);
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

    /// <summary>Upstream: NodeExpand of pkg/volume/local, and ResizeFs of k8s.io/mount-utils.</summary>
    [Theory]
    [InlineData("ext4", "resize2fs /dev/disk", null)]
    [InlineData("xfs", "xfs_growfs -d {0}/pv", null)]
    [InlineData("btrfs", "btrfs filesystem resize max {0}/pv", null)]
    [InlineData("vfat", null, "ResizeFS.Resize - resize of format vfat is not supported for device /dev/disk mounted at {0}/pv")]
    public async Task SetUp_VolumeThatGrew_GrowsItsFileSystem(string format, string? call, string? problem)
    {
        Grow();
        _commands.Answer = _ => $"TYPE={format}\n";
        await SetUpAsync("a");

        string?[] calls = [Probe, "fsck -a /dev/disk", Probe, call is null ? null : string.Format(call, _directory["mounts"])];
        Assert.Equal(calls.OfType<string>(), _commands.Calls);
        var status = _api.ClaimPatches[^1]["status"]!;
        Assert.Equal(problem is null ? "2Gi" : null, (string?)status["capacity"]?["storage"]);
        Assert.Equal(problem is null ? null : "NodeResizeInProgress", (string?)status["allocatedResourceStatuses"]!["storage"]);
        Assert.Equal(
            problem is null ? "Normal FileSystemResizeSuccessful MountVolume.NodeExpandVolume succeeded for volume \"pv\" node"
                : $"Warning VolumeResizeFailed MountVolume.NodeExpandVolume failed for volume \"pv\" : {string.Format(problem, _directory["mounts"])}",
            _events.All.First());
    }

    [Fact]
    public async Task SetUp_VolumeThatGrewWithAProgramThatFails_HasTheOldSize()
    {
        Grow();
        _commands.Answer = call => call.StartsWith("resize2fs", StringComparison.Ordinal) ? throw new CommandFailure("resize2fs ended with code 1") { ExitCode = 1, Output = "Bad magic" } : "TYPE=ext4\n";
        Assert.Equal(Own("a"), await SetUpAsync("a"));
        Assert.Equal(
            ["Warning VolumeResizeFailed MountVolume.NodeExpandVolume failed for volume \"pv\" : resize of device /dev/disk failed: resize2fs ended with code 1. resize2fs output: Bad magic"],
            _events.All);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task SetUp_VolumeThatGrewWithoutAFileSystemOfItsOwn_OnlyTellsItsClaim(bool isBlock, bool isDirectory)
    {
        Grow();
        _volume.Spec.VolumeMode = isBlock ? "Block" : null;
        _linux.Kinds["/dev/disk"] = isDirectory ? FileKind.Directory : FileKind.BlockDevice;
        await SetUpAsync("a");
        Assert.Empty(_commands.Calls);
        Assert.Equal("2Gi", (string?)_api.ClaimPatches[^1]["status"]!["capacity"]!["storage"]);
    }

    [Fact]
    public async Task SetUp_VolumeThatGrewForOneWhoOnlyReads_StaysAsItIs()
    {
        Grow();
        _commands.Answer = _ => "TYPE=ext4\n";
        await SetUpAsync("a", isReadOnly: true);
        Assert.Empty(_api.ClaimPatches);
        Assert.Equal([Probe], _commands.Calls);
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

    private void Grow()
    {
        _volume.Spec.Capacity = new() { ["storage"] = Quantity.Parse("2Gi") };
        _claim.Status.Capacity = new() { ["storage"] = Quantity.Parse("1Gi") };
    }

    private string Own(string pod) => _directory[$"kubelet/pods/uid-{pod}/volumes/kubernetes.io~local-volume/pv"];

    private void Leave(string pod)
    {
        _linux.Unmount(Own(pod));
        Directory.Delete(_directory[$"kubelet/pods/uid-{pod}"], recursive: true);
    }

    private Task<string> SetUpAsync(string pod, bool isReadOnly = false, long? group = null) =>
        _volumes.SetUpAsync(Node.Pod(pod, p => p.Spec.SecurityContext = new() { FsGroup = group }), new ClaimedVolume(_volume, _claim, isReadOnly), default);
}
