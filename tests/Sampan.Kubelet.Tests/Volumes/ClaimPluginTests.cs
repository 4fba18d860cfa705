using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Persistent;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Volumes;

public sealed class ClaimPluginTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeLinux _linux = new();
    private readonly FakePodObjects _objects = new();
    private readonly ClaimPlugin _plugin;

    private static Volume Data => new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } };

    public ClaimPluginTests()
    {
        var (commands, events) = (new FakeCommands(), new FakeEvents());
        var formatter = new DeviceFormatter(commands, _linux);
        var expansion = new NodeExpansion(new FakeCsiApi(), events, new FakeTimeProvider());
        var paths = new PodPaths(_directory["kubelet"], _directory["logs"]);
        var local = new LocalVolume(paths, _directory["mounts"], formatter, new DeviceGrower(commands, formatter), expansion, _linux, events);
        _plugin = new ClaimPlugin(_objects, [new HostPathVolume(new HostPathPlugin(_linux)), local], new SoleUsers(paths), () => new() { Metadata = new() { Name = "node", Labels = new() { ["kubernetes.io/hostname"] = "node" } } });
        Directory.CreateDirectory(_directory["disk"]);
        _objects.Volumes["pv"] = new() { Metadata = new() { Name = "pv" }, Spec = new() { Local = new() { Path = _directory["disk"] }, ClaimRef = new() { Uid = "uid-data" } } };
        _objects.Claims["data"] = Claim("data");
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task SetUp_BoundClaimOfLocalVolume_IsItsDirectoryGivenToTheGroup()
    {
        var pod = Node.Pod("a", p => p.Spec.SecurityContext = new() { FsGroup = 1001 });
        Assert.Equal(_directory["disk"], await SetUpAsync(pod, new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.Equal(["disk :1001"], _linux.Owners);
    }

    /// <summary>Upstream: volumes of type dir-link in test/e2e/storage/persistent_volumes-local.go.</summary>
    [Fact]
    public async Task SetUp_LocalVolumeThatIsALink_GivesToTheGroupWhatItLeadsTo()
    {
        File.CreateSymbolicLink(_directory["link"], _directory["disk"]);
        _objects.Volumes["pv"].Spec.Local!.Path = _directory["link"];
        await SetUpAsync(Node.Pod("a", p => p.Spec.SecurityContext = new() { FsGroup = 1001 }), Data);
        Assert.Equal(["disk :1001"], _linux.Owners);
        Assert.True(File.GetUnixFileMode(_directory["disk"]).HasFlag(UnixFileMode.SetGroup));
    }

    /// <summary>What a pod has left there must not lead to the host's own files.</summary>
    [Fact]
    public async Task SetUp_LocalVolumeWithALinkOutOfIt_GivesTheLinkAlone()
    {
        Directory.CreateDirectory(_directory["host"]);
        File.WriteAllText(_directory["host/file"], "");
        File.CreateSymbolicLink(_directory["disk/out"], _directory["host"]);
        await SetUpAsync(Node.Pod("a", p => p.Spec.SecurityContext = new() { FsGroup = 1001 }), Data);
        Assert.Equal(["out :1001", "disk :1001"], _linux.Owners);
    }

    [Fact]
    public async Task SetUp_LocalVolumeAgain_LeavesAloneWhatThePodMadeOfIt()
    {
        var volume = new Volume { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } };
        foreach (var name in new[] { "a", "a", "b", "a" })
        {
            await SetUpAsync(Node.Pod(name, p => p.Spec.SecurityContext = new() { FsGroup = 1001 }), volume);
        }

        Assert.Equal(["disk :1001"], _linux.Owners);
    }

    /// <summary>Upstream: volumeMode of test/e2e/storage/testsuites, "should fail to create pod by failing to mount volume".</summary>
    [Fact]
    public async Task SetUp_BlockVolumeOfAKindThatIsNone_IsRefused()
    {
        _objects.Volumes["pv"].Spec.Local = null;
        _objects.Volumes["pv"].Spec.HostPath = new() { Path = _directory["disk"] };
        _objects.Volumes["pv"].Spec.VolumeMode = "Block";
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [Data]), asDevices: true), Data));
        Assert.Equal(("MapVolume.FindMapperPluginBySpec", "pv", "failed to find BlockVolumeMapper plugin. Volume plugin is nil."), (failure.Operation, failure.Volume, failure.Message));
    }

    [Fact]
    public async Task SetUp_BoundClaimOfHostPath_IsThePath()
    {
        _objects.Volumes["pv"].Spec.Local = null;
        _objects.Volumes["pv"].Spec.HostPath = new() { Path = _directory["made"], Type = "DirectoryOrCreate" };
        Assert.Equal(_directory["made"], await SetUpAsync(Node.Pod("a"), new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.True(Directory.Exists(_directory["made"]));
    }

    /// <summary>Upstream: test/e2e/storage/testsuites/readwriteoncepod.go. A host's directory leaves no trace in the pod's; a local volume does.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SetUp_VolumeForOnePodAlone_IsNoOtherPods(bool isLocal)
    {
        var volume = _objects.Volumes["pv"];
        volume.Spec.AccessModes = ["ReadWriteOncePod"];
        if (!isLocal) (volume.Spec.Local, volume.Spec.HostPath) = (null, new() { Path = _directory["disk"] });
        await SetUpAsync(Node.Pod("a"), Data);
        await SetUpAsync(Node.Pod("a"), Data);

        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("b"), Data));
        Assert.Equal(("volume uses the ReadWriteOncePod access mode and is already in use by another pod", "pv"), (failure.Message, failure.Volume));
        await _plugin.TearDownAsync("uid-a", default);
        if (isLocal)
        {
            // As after a restart of the kubelet, which forgets all but files.
            await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("b"), Data));
            Directory.Delete(_directory["kubelet/pods/uid-a"], recursive: true);
        }

        await SetUpAsync(Node.Pod("b"), Data);
        volume.Spec.AccessModes = ["ReadWriteOncePod", "ReadWriteMany"];
        await SetUpAsync(Node.Pod("c"), Data);
    }

    [Fact]
    public async Task SetUp_VolumeForOnePodThatFails_IsFreeForAnother()
    {
        _objects.Volumes["pv"].Spec.AccessModes = ["ReadWriteOncePod"];
        Directory.Delete(_directory["disk"]);
        await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), Data));
        Directory.CreateDirectory(_directory["disk"]);
        await SetUpAsync(Node.Pod("b"), Data);
    }

    [Fact]
    public async Task SetUp_ClaimThatIsNotBound_SaysSo()
    {
        _objects.Claims["data"].Status.Phase = "Pending";
        Assert.Equal("error processing PVC default/data: PVC is not bound", await RefusalAsync(Data));
    }

    /// <summary>Upstream: "should not umount volume when the pvc is terminating but still used by a running pod".</summary>
    [Fact]
    public async Task SetUp_ClaimThatIsBeingDeleted_IsThereWhileItIsKeptForItsPods()
    {
        var claim = _objects.Claims["data"];
        (claim.Metadata.DeletionTimestamp, claim.Metadata.Finalizers) = (new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), ["kubernetes.io/pvc-protection"]);
        Assert.Equal(_directory["disk"], await SetUpAsync(Node.Pod("a"), Data));

        claim.Metadata.Finalizers = ["example.com/other"];
        Assert.Equal("error processing PVC default/data: PVC is being deleted", await RefusalAsync(Data));
    }

    /// <summary>Upstream: getPVCExtractPV and getPVSpec.</summary>
    [Fact]
    public async Task SetUp_VolumeOfAnotherClaim_IsRefused()
    {
        _objects.Volumes["pv"].Spec.ClaimRef!.Uid = "other";
        Assert.Equal("error processing PVC default/data: found PV object pv but its pv.Spec.ClaimRef.UID other does not point to claim.UID uid-data", await RefusalAsync(Data));
        _objects.Volumes["pv"].Spec.ClaimRef = null;
        Assert.Equal("error processing PVC default/data: found PV object pv but it has a nil pv.Spec.ClaimRef indicating it is not yet bound to the claim", await RefusalAsync(Data));
        _objects.Volumes.Clear();
        Assert.Equal("error processing PVC default/data: failed to fetch PV pv from API server: persistentvolume \"pv\" not found", await RefusalAsync(Data));
        _objects.Claims["data"].Spec.VolumeName = "";
        Assert.Equal("error processing PVC default/data: PVC has empty pvc.Spec.VolumeName", await RefusalAsync(Data));
    }

    [Fact]
    public async Task SetUp_EphemeralClaim_MustBeThePodsOwn()
    {
        var volume = new Volume { Name = "scratch", Ephemeral = new() };
        _objects.Claims["a-scratch"] = Claim("a-scratch");
        _objects.Volumes["pv"].Spec.ClaimRef!.Uid = "uid-a-scratch";
        Assert.Equal("PVC default/a-scratch was not created for pod default/a (pod is not owner)", await RefusalAsync(volume));

        _objects.Claims["a-scratch"].Metadata.OwnerReferences = [new() { Uid = "uid-a", Controller = true }];
        Assert.Equal(_directory["disk"], await SetUpAsync(Node.Pod("a"), volume));
    }

    private async Task<string> RefusalAsync(Volume volume)
    {
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), volume));
        Assert.True(failure.IsUnprocessed);
        return failure.Message;
    }

    /// <summary>Upstream: Test_CreateVolumeSpec_Invalid_Block_VolumeMounts and …_File_VolumeDevices.</summary>
    [Theory]
    [InlineData("Block", false, "volume v has volumeMode Block, but is specified in volumeMounts")]
    [InlineData(null, true, "volume v has volumeMode Filesystem, but is specified in volumeDevices")]
    public async Task SetUp_VolumeOfTheOtherMode_IsRefused(string? mode, bool asDevices, string message)
    {
        _objects.Volumes["pv"].Spec.VolumeMode = mode;
        var pod = Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [Data]), asDevices);
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(pod, Data));
        Assert.Equal((message, true), (failure.Message, failure.IsUnprocessed));
    }

    /// <summary>Upstream: TestGetExtraSupplementalGroupsForPod.</summary>
    [Theory]
    [InlineData("777", 777L)]
    [InlineData("non-numeric", null)]
    [InlineData(null, null)]
    public async Task SetUp_VolumeThatNamesAGroup_WantsItsUsersInIt(string? annotation, long? group)
    {
        _objects.Volumes["pv"].Metadata.Annotations = annotation is null ? null : new() { ["pv.beta.kubernetes.io/gid"] = annotation };
        await SetUpAsync(Node.Pod("a"), Data);
        Assert.Equal(group, _plugin.GroupOf("uid-a", "v"));
        await _plugin.TearDownAsync("uid-a", default);
        Assert.Null(_plugin.GroupOf("uid-a", "v"));
    }

    [Fact]
    public async Task SetUp_LocalPathThatIsGone_SaysSo()
    {
        Directory.Delete(_directory["disk"]);
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.Equal(("MountVolume.NewMounter initialization", $"path \"{_directory["disk"]}\" does not exist"), (failure.Operation, failure.Message));
    }

    [Theory]
    [InlineData("node", null)]
    [InlineData("other", "MountVolume.NodeAffinity check: no matching NodeSelectorTerms")]
    public async Task SetUp_VolumeOfAnotherNode_IsRefused(string place, string? problem)
    {
        _objects.Volumes["pv"].Spec.NodeAffinity = new() { Required = new() { NodeSelectorTerms = [new() { MatchExpressions = [new() { Key = "kubernetes.io/hostname", Operator = "In", Values = [place] }] }] } };
        var failure = await Record.ExceptionAsync(() => SetUpAsync(Node.Pod("a"), Data)) as VolumeFailure;
        Assert.Equal(problem, failure is null ? null : $"{failure.Operation}: {failure.Message}");
    }

    [Theory]
    [InlineData("Always", 1001u, 1)]
    [InlineData("OnRootMismatch", 1001u, 0)]
    [InlineData("OnRootMismatch", 5u, 1)]
    public void Apply_ChangePolicy_DecidesWhetherARightRootIsEnough(string policy, uint owner, int changes)
    {
        _linux.Groups[_directory["disk"]] = owner;
        File.SetUnixFileMode(_directory["disk"], (UnixFileMode)0b010_111_111_101);
        Ownership.Apply(_linux, _directory["disk"], new() { FsGroup = 1001, FsGroupChangePolicy = policy }, readOnly: false);
        Assert.Equal(changes, _linux.Owners.Count);
    }

    private static PersistentVolumeClaim Claim(string name) =>
        new() { Metadata = new() { Name = name, Namespace = "default", Uid = $"uid-{name}" }, Spec = new() { VolumeName = "pv" }, Status = new() { Phase = "Bound" } };

    private Task<string> SetUpAsync(Pod pod, Volume volume) => _plugin.SetUpAsync(pod, volume, default);
}
