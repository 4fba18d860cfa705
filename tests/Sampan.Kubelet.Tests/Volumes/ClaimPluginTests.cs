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

    public ClaimPluginTests()
    {
        _plugin = new ClaimPlugin(_objects, [new HostPathVolume(new HostPathPlugin(_linux)), new LocalVolume(_linux, new PodPaths(_directory["kubelet"], _directory["logs"]))]);
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

    [Fact]
    public async Task SetUp_LocalVolumeAgain_LeavesAloneWhatThePodMadeOfIt()
    {
        var volume = new Volume { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } };
        foreach (var name in new[] { "a", "a", "b", "a" })
        {
            await SetUpAsync(Node.Pod(name, p => p.Spec.SecurityContext = new() { FsGroup = 1001 }), volume);
        }

        Assert.Equal(["disk :1001", "disk :1001"], _linux.Owners);
    }

    [Fact]
    public async Task SetUp_BoundClaimOfHostPath_IsThePath()
    {
        _objects.Volumes["pv"].Spec.Local = null;
        _objects.Volumes["pv"].Spec.HostPath = new() { Path = _directory["made"], Type = "DirectoryOrCreate" };
        Assert.Equal(_directory["made"], await SetUpAsync(Node.Pod("a"), new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.True(Directory.Exists(_directory["made"]));
    }

    [Fact]
    public async Task SetUp_ClaimThatIsNotBound_SaysSo()
    {
        _objects.Claims["data"].Status.Phase = "Pending";
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.Equal("error processing PVC default/data: PVC is not bound", failure.Message);
    }

    [Fact]
    public async Task SetUp_VolumeOfAnotherClaim_IsRefused()
    {
        _objects.Volumes["pv"].Spec.ClaimRef!.Uid = "other";
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.Contains("unexpected pvcUID (other); expected uid-data", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUp_EphemeralClaim_MustBeThePodsOwn()
    {
        var volume = new Volume { Name = "scratch", Ephemeral = new() };
        _objects.Claims["a-scratch"] = Claim("a-scratch");
        _objects.Volumes["pv"].Spec.ClaimRef!.Uid = "uid-a-scratch";
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), volume));
        Assert.Equal("error processing PVC default/a-scratch: PVC default/a-scratch was not created for pod default/a (pod is not owner)", failure.Message);

        _objects.Claims["a-scratch"].Metadata.OwnerReferences = [new() { Uid = "uid-a", Controller = true }];
        Assert.Equal(_directory["disk"], await SetUpAsync(Node.Pod("a"), volume));
    }

    [Fact]
    public async Task SetUp_LocalPathThatIsGone_SaysSo()
    {
        Directory.Delete(_directory["disk"]);
        var failure = await Assert.ThrowsAsync<VolumeFailure>(() => SetUpAsync(Node.Pod("a"), new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = "data" } }));
        Assert.Equal($"path \"{_directory["disk"]}\" does not exist", failure.Message);
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
