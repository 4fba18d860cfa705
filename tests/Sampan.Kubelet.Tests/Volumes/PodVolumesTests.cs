using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Payload;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Volumes;

public sealed class PodVolumesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLinux _linux = new();
    private readonly FakePodObjects _objects;
    private readonly PodVolumes _volumes;

    public PodVolumesTests()
    {
        _objects = new FakePodObjects(_time);
        var paths = new PodPaths(_directory.Path, _directory["logs"]);
        var reader = new PayloadReader(_objects, new ServiceAccountTokens(_objects, _time), new FakeTrustBundles(), () => new Dictionary<string, Quantity> { ["cpu"] = new(4) }, () => ["192.0.2.1"], _ => ["10.0.0.1"]);
        var memory = new MemoryMounts(_linux, _directory["trial"]);
        _volumes = new PodVolumes([new EmptyDirPlugin(paths, _linux, memory, () => 4L << 30), new HostPathPlugin(_linux), .. PayloadPlugin.All(reader, paths, _linux, memory, _time)], paths, _linux, _time);
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Mount_ConfigMapWithItems_ShowsThemUnderTheirPaths()
    {
        _objects.ConfigMaps["settings"] = new ConfigMap { Data = new() { ["a"] = "1", ["b"] = "2" } };

        var path = await MountAsync(new Volume { Name = "v", ConfigMap = new() { Name = "settings", Items = [new() { Key = "a", Path = "x/a" }] } });

        Assert.Equal("1", File.ReadAllText(Path.Combine(path, "x/a")));
        Assert.False(File.Exists(Path.Combine(path, "b")));
    }

    [Fact]
    public async Task Mount_SecretThatIsMissing_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => MountAsync(new Volume { Name = "v", Secret = new() { SecretName = "s" } }));

        Assert.Equal("MountVolume.SetUp failed for volume \"v\" : secret \"s\" not found", failure.Message);
    }

    /// <summary>Upstream: who waits for a pod's volumes asks for those that are not mounted, not for those that could not be remounted.</summary>
    [Fact]
    public async Task Mount_RefreshThatFails_SaysSoAndLeavesThePodWhatItHas()
    {
        _objects.ConfigMaps["settings"] = new ConfigMap { Data = new() { ["a"] = "1" } };
        var settings = new Volume { Name = "v", ConfigMap = new() { Name = "settings" } };
        var path = await MountAsync(settings);
        _objects.ConfigMaps.Clear();

        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => MountAsync(settings));
        Assert.Equal("MountVolume.SetUp failed for volume \"v\" : configmap \"settings\" not found", failure.Message);
        Assert.Equal(path, Assert.Single(failure.Mounted!).Value.HostPath);
        Assert.Equal("1", File.ReadAllText(Path.Combine(path, "a")));

        // One that was never there is another matter.
        failure = await Assert.ThrowsAsync<VolumesNotReady>(() => _volumes.MountAsync(Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [settings, new() { Name = "w", Secret = new() { SecretName = "s" } }])), default));
        Assert.Equal((2, null), (failure.Messages.Count, failure.Mounted));
    }

    [Fact]
    public async Task Mount_RefreshThatHangs_IsNotWaitedFor()
    {
        var slow = new SlowPlugin();
        var volumes = new PodVolumes([slow], new PodPaths(_directory.Path, _directory["logs"]), _linux, _time);
        var pod = Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [new() { Name = "v" }]));
        await volumes.MountAsync(pod, default);

        slow.Answer = new();
        var again = volumes.MountAsync(pod, default);
        await Eventually.TrueAsync(() => again.IsCompleted, "it goes on", () => _time.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal("/slow", (await again)["v"].HostPath);

        slow.Answer.SetResult("/faster");
        await Eventually.TrueAsync(async () => (await volumes.MountAsync(pod, default))["v"].HostPath == "/faster", "it is refreshed");
    }

    /// <summary>Upstream: the populator of the desired state skips what no container refers to.</summary>
    [Fact]
    public async Task Mount_VolumeThatNoContainerUses_IsLeftAlone()
    {
        var pod = Node.Pod("a", p =>
        {
            p.Spec.Volumes = [new() { Name = "unused", Secret = new() { SecretName = "missing" } }, new() { Name = "env", EmptyDir = new() }, new() { Name = "debug", EmptyDir = new() }];
            p.Spec.Containers[0].Env = [new() { Name = "A", ValueFrom = new() { FileKeyRef = new() { VolumeName = "env", Path = "env", Key = "A" } } }];
        });
        Assert.Equal(["env"], (await _volumes.MountAsync(pod, default)).Keys);

        pod.Spec.EphemeralContainers = [new() { Name = "debugger", VolumeMounts = [new() { Name = "debug", MountPath = "/debug" }] }];
        Assert.Equal(["debug", "env"], (await _volumes.MountAsync(pod, default)).Keys.Order());
    }

    [Fact]
    public async Task Mount_OptionalSecretThatIsMissing_IsEmpty()
    {
        var path = await MountAsync(new Volume { Name = "v", Secret = new() { SecretName = "s", Optional = true } });

        Assert.Empty(Directory.GetFiles(path));
    }

    [Fact]
    public async Task Mount_ProjectedToken_IsKeptAndRenewedInTime()
    {
        var volume = new Volume { Name = "v", Projected = new() { Sources = [new() { ServiceAccountToken = new() { Path = "token", ExpirationSeconds = 1000 } }] } };
        var path = await MountAsync(volume);
        Assert.Equal("token-1", File.ReadAllText(Path.Combine(path, "token")));

        _time.Advance(TimeSpan.FromSeconds(700));
        await MountAsync(volume);
        Assert.Equal("token-1", File.ReadAllText(Path.Combine(path, "token")));
        _time.Advance(TimeSpan.FromSeconds(150));
        await MountAsync(volume);

        Assert.Equal("token-2", File.ReadAllText(Path.Combine(path, "token")));
        Assert.Equal("Pod", _objects.TokenRequests[0].Spec.BoundObjectRef!.Kind);
        Assert.Equal("uid-a", _objects.TokenRequests[0].Spec.BoundObjectRef!.Uid);
    }

    [Fact]
    public async Task Mount_DownwardApi_WritesFields()
    {
        var path = await MountAsync(new Volume
        {
            Name = "v",
            DownwardAPI = new()
            {
                Items =
                [
                    new() { Path = "labels", FieldRef = new() { FieldPath = "metadata.labels" } },
                    new() { Path = "cpu", ResourceFieldRef = new() { ContainerName = "web", Resource = "limits.cpu" } },
                ],
            },
        });

        Assert.Equal("app=\"a \\\"b\\\"\"\nzone=\"z\"", File.ReadAllText(Path.Combine(path, "labels")));
        Assert.Equal("4", File.ReadAllText(Path.Combine(path, "cpu")));
    }

    [Theory]
    [InlineData("Directory", "hostPath type check failed: {0} is not a directory")]
    [InlineData("File", "hostPath type check failed: {0} is not a file")]
    [InlineData("Socket", "hostPath type check failed: {0} is not a socket file")]
    public async Task Mount_HostPathOfWrongType_IsRefused(string type, string message)
    {
        var path = _directory["missing"];

        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => MountAsync(new Volume { Name = "v", HostPath = new() { Path = path, Type = type } }));

        Assert.EndsWith(string.Format(message, path), failure.Message);
    }

    [Fact]
    public async Task Mount_HostPathOrCreate_CreatesIt()
    {
        var path = await MountAsync(new Volume { Name = "v", HostPath = new() { Path = _directory["made"], Type = "DirectoryOrCreate" } });

        Assert.True(Directory.Exists(path));
    }

    /// <summary>Upstream: TestGetPageSizeMountOption.</summary>
    [Theory]
    [InlineData("HugePages", "hugepages-2Mi", null, "hugetlbfs pagesize=2Mi")]
    [InlineData("HugePages-1Gi", "hugepages-2Mi", "hugepages-1Gi", "hugetlbfs pagesize=1Gi")]
    [InlineData("HugePages", "hugepages-2Mi", "hugepages-1Gi", "medium: HugePages can't be used if container requests multiple huge page sizes")]
    [InlineData("HugePages-1Gi", "hugepages-2Mi", null, "hugePages storage requested, but there is no resource request for huge pages")]
    [InlineData("HugePages", "cpu", null, "medium HugePages: hugePages storage requested, but there is no resource request for huge pages")]
    [InlineData("HugePages-many", "hugepages-2Mi", null, "unknown storage medium \"HugePages-many\"")]
    [InlineData("Paper", "hugepages-2Mi", null, "unknown storage medium \"Paper\"")]
    public async Task Mount_EmptyDirInHugePages_HasPagesOfTheSizeThatIsAskedFor(string medium, string request, string? another, string expected)
    {
        var pod = Node.Mounting(Node.Pod("a", p =>
        {
            p.Spec.Volumes = [new() { Name = "v", EmptyDir = new() { Medium = medium } }];
            p.Spec.Containers[0].Resources.Requests = new[] { request, another }.OfType<string>().ToDictionary(name => name, _ => new Quantity(1));
        }));
        var failure = await Record.ExceptionAsync(() => _volumes.MountAsync(pod, default));
        Assert.EndsWith(expected, failure?.Message ?? Assert.Single(_linux.MountTypes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mount_EmptyDirInHugePages_HasThePagesOfThePodAsAWhole()
    {
        await _volumes.MountAsync(Node.Mounting(Node.Pod("a", p =>
        {
            p.Spec.Volumes = [new() { Name = "v", EmptyDir = new() { Medium = "HugePages" } }];
            p.Spec.Resources = new() { Requests = new() { ["hugepages-1Gi"] = new Quantity(1) } };
        })), default);
        Assert.Equal("hugetlbfs pagesize=1Gi", Assert.Single(_linux.MountTypes));
    }

    /// <summary>Upstream: doTestSubPathFSGroup of test/e2e/common/storage, which wants <c>dgtrwxrwxrwx</c> in memory.</summary>
    [Theory]
    [InlineData(null, 0b010_111_111_111)]
    [InlineData("Memory", 0b011_111_111_111)]
    public async Task MountSubPath_OfAnEmptyDirWithAGroup_HasTheModeOfTheVolume(string? medium, int mode)
    {
        var pod = Node.Mounting(Node.Pod("a", p =>
        {
            p.Spec.Volumes = [new() { Name = "v", EmptyDir = new() { Medium = medium } }];
            p.Spec.SecurityContext = new() { FsGroup = 123 };
        }));
        var volume = (await _volumes.MountAsync(pod, default))["v"];

        _volumes.MountSubPath(pod, "web", 0, volume, "test-sub");

        Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(Path.Combine(volume.HostPath, "test-sub")));
    }

    [Fact]
    public async Task Remove_Pod_UnmountsBeforeItDeletes()
    {
        var path = await MountAsync(new Volume { Name = "v", EmptyDir = new() { Medium = "Memory" } });
        Assert.Contains(path, _linux.Mounts);

        await _volumes.RemoveAsync("uid-a", default);

        Assert.Empty(_linux.Mounts);
        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public async Task MountSubPath_ThroughLinkOutOfTheVolume_IsRefused()
    {
        var path = await MountAsync(new Volume { Name = "v", EmptyDir = new() });
        File.CreateSymbolicLink(Path.Combine(path, "out"), "/etc");

        Assert.Throws<StartFailure>(() => _volumes.MountSubPath(Node.Pod("a"), "web", 0, new MountedVolume("v", path, false), "out"));
    }

    [Fact]
    public async Task Remove_PodWithAWrittenSubPath_NeedsNoExpansion()
    {
        var path = await MountAsync(new Volume { Name = "v", EmptyDir = new() });
        var mount = new VolumeMount { Name = "v", MountPath = "/v", SubPathExpr = "logs/$(POD)" };
        var part = SubPaths.Of(mount, new Dictionary<string, string> { ["POD"] = "a" })!;
        var target = _volumes.MountSubPath(Node.Pod("a"), "web", 0, new MountedVolume("v", path, false), part);
        File.WriteAllText(Path.Combine(path, "logs/a/test.log"), "written");
        Assert.Contains(target, _linux.Mounts);

        await _volumes.RemoveAsync("uid-a", default);

        Assert.Empty(_linux.Mounts);
        Assert.False(Directory.Exists(_directory["pods/uid-a"]));
    }

    /// <summary>Its volume is at once there, and again when the test says so.</summary>
    private sealed class SlowPlugin : IVolumePlugin
    {
        public TaskCompletionSource<string>? Answer { get; set; }

        public string Name => "slow";

        public bool Supports(Volume volume) => true;

        public bool IsReadOnly(Volume volume) => false;

        public Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken) => Answer?.Task ?? Task.FromResult("/slow");
    }

    private async Task<string> MountAsync(Volume volume)
    {
        var pod = Node.Pod("a", p =>
        {
            p.Metadata.Labels = new() { ["zone"] = "z", ["app"] = "a \"b\"" };
            p.Spec.Volumes = [volume];
        });
        return (await _volumes.MountAsync(Node.Mounting(pod), default))["v"].HostPath;
    }
}
