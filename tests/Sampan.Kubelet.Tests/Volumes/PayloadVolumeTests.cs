using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Sampan.Kubelet.Volumes.Payload;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Volumes;

/// <summary>What volumes from ConfigMaps, Secrets and the pod's own fields show: contents, modes, owners, and changes.</summary>
public sealed class PayloadVolumeTests : IDisposable
{
    private const string ConfigMap = "configMap";
    private const string Secret = "secret";
    private const string ProjectedConfigMap = "projected configMap";
    private const string ProjectedSecret = "projected secret";
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLinux _linux = new();
    private readonly FakePodObjects _objects;
    private readonly FakeTrustBundles _bundles = new();
    private readonly PodVolumes _volumes;

    public PayloadVolumeTests()
    {
        _objects = new FakePodObjects(_time);
        var paths = new PodPaths(_directory.Path, _directory["logs"]);
        var allocatable = new Dictionary<string, Quantity> { ["cpu"] = new(4), ["memory"] = new(8L << 30) };
        var reader = new PayloadReader(_objects, new ServiceAccountTokens(_objects, _time), _bundles, () => allocatable, () => ["192.0.2.1"], _ => ["10.0.0.1"]);
        var memory = new MemoryMounts(_linux, _directory["trial"]);
        _volumes = new PodVolumes([new EmptyDirPlugin(paths, _linux, memory, () => 4L << 30), .. PayloadPlugin.All(reader, paths, _linux, memory, _time)], paths, _linux, _time);
    }

    public static TheoryData<string> Sources => [ConfigMap, Secret, ProjectedConfigMap, ProjectedSecret];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_WithoutItems_ShowsAllKeysForEveryUser(string source)
    {
        Set(source, ("data-1", "value-1"), ("data-2", "value-2"));
        var path = await MountAsync(VolumeOf(source));
        Assert.Equal(("value-1", "value-2"), (Read(path, "data-1"), Read(path, "data-2")));
        Assert.Equal("644", Mode(path, "data-1"));

        // Users other than root must be able to enter.
        Assert.Equal("755", Mode(path, "..data"));
        Assert.Equal(source == ConfigMap ? "777" : "1777", Mode(path, ""));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_WithItems_ShowsThemAtTheirPathsForEveryUser(string source)
    {
        Set(source, ("data-1", "value-1"), ("data-2", "value-2"));
        var path = await MountAsync(VolumeOf(source, items: [new() { Key = "data-2", Path = "path/to/data" }]));
        Assert.Equal("value-2", Read(path, "path/to/data"));
        Assert.Equal(("644", "755"), (Mode(path, "path/to/data"), Mode(path, "path/to")));
        Assert.False(File.Exists(Path.Combine(path, "data-1")));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_WithDefaultMode_GivesItToAllFiles(string source)
    {
        Set(source, ("data-1", "value-1"));
        var path = await MountAsync(VolumeOf(source, mode: 0b100_000_000));
        Assert.Equal(("value-1", "400"), (Read(path, "data-1"), Mode(path, "data-1")));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_WithModeOfItem_GivesItToThatFile(string source)
    {
        Set(source, ("data-1", "value-1"), ("data-2", "value-2"));
        var path = await MountAsync(VolumeOf(source, items: [new() { Key = "data-1", Path = "one", Mode = 0b100_000_000 }, new() { Key = "data-2", Path = "two" }]));
        Assert.Equal(("400", "644"), (Mode(path, "one"), Mode(path, "two")));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_WithFsGroup_IsOwnedByItAndReadableForIt(string source)
    {
        Set(source, ("data-1", "value-1"));
        var path = await MountAsync(VolumeOf(source, mode: 0b100_100_000), pod => pod.Spec.SecurityContext = new() { RunAsUser = 1000, FsGroup = 1001 });
        Assert.Equal("440", Mode(path, "data-1"));
        Assert.Contains("data-1 :1001", _linux.Owners);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_ChangedCreatedAndDeleted_ShowsWhatIsThereNow(string source)
    {
        Set(source, "delete", ("data-1", "value-1"));
        Set(source, "update", ("data-1", "value-1"), ("data-3", "value-3"));
        var (deleted, updated, created) = (VolumeOf(source, "delete", isOptional: true), VolumeOf(source, "update"), VolumeOf(source, "create", isOptional: true));
        deleted.Name = "deleted";
        updated.Name = "updated";
        created.Name = "created";
        var paths = await MountAllAsync(deleted, updated, created);
        Assert.False(File.Exists(Path.Combine(paths["created"], "data-1")));
        Assert.Equal("value-1", Read(paths["deleted"], "data-1"));

        _time.Advance(TimeSpan.FromSeconds(1));
        Set(source, "create", ("data-1", "value-1"));
        Set(source, "update", ("data-1", "value-1"), ("data-3", "changed"));
        _ = _objects.ConfigMaps.Remove("delete") || _objects.Secrets.Remove("delete");
        paths = await MountAllAsync(deleted, updated, created);
        Assert.Equal("value-1", Read(paths["created"], "data-1"));
        Assert.Equal("changed", Read(paths["updated"], "data-3"));
        Assert.False(File.Exists(Path.Combine(paths["deleted"], "data-1")));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Mount_InSeveralVolumes_ShowsItInEach(string source)
    {
        Set(source, ("data-1", "value-1"));
        var (one, two) = (VolumeOf(source), VolumeOf(source, items: [new() { Key = "data-1", Path = "elsewhere" }]));
        two.Name = "two";
        var paths = await MountAllAsync(one, two);
        Assert.Equal(("value-1", "value-1"), (Read(paths["v"], "data-1"), Read(paths["two"], "elsewhere")));
    }

    [Fact]
    public async Task Mount_TextAndBinaryData_ShowsBoth()
    {
        byte[] bytes = [0xde, 0xca, 0xfe, 0xba, 0xd0, 0xfe, 0xff];
        _objects.ConfigMaps["c"] = new() { Data = new() { ["text"] = "value-1" }, BinaryData = new() { ["dump.bin"] = bytes } };
        var path = await MountAsync(VolumeOf(ConfigMap));
        Assert.Equal("value-1", Read(path, "text"));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(path, "dump.bin")));
    }

    [Fact]
    public async Task Mount_SecretsOfOneNameInTwoNamespaces_ShowsThatOfThePods()
    {
        _objects.Secrets["other/c"] = new() { Data = new() { ["data-1"] = "other"u8.ToArray() } };
        _objects.Secrets["default/c"] = new() { Data = new() { ["data-1"] = "own"u8.ToArray() } };
        var path = await MountAsync(VolumeOf(Secret));
        Assert.Equal(("own", "644"), (Read(path, "data-1"), Mode(path, "data-1")));
    }

    [Fact]
    public async Task Mount_FiftyConfigMaps_ShowsAll()
    {
        var volumes = Enumerable.Range(0, 50).Select(i => new Volume { Name = $"v{i}", ConfigMap = new() { Name = $"c{i}" } }).ToArray();
        for (var i = 0; i < volumes.Length; i++) Set(ConfigMap, $"c{i}", ("data", $"{i}"));
        var paths = await MountAllAsync(volumes);
        Assert.All(volumes, v => Assert.Equal(v.Name[1..], Read(paths[v.Name], "data")));
    }

    [Fact]
    public async Task Mount_SecretAndConfigMapInOnePod_DoNotDisturbEachOther()
    {
        Set(Secret, ("data", "secret"));
        Set(ConfigMap, ("data", "map"));
        var other = VolumeOf(ConfigMap);
        other.Name = "map";
        var paths = await MountAllAsync(VolumeOf(Secret), other);
        Assert.Equal(("secret", "map"), (Read(paths["v"], "data"), Read(paths["map"], "data")));
    }

    [Theory]
    [InlineData("limits.cpu", "1", "1250m", "2")]
    [InlineData("limits.cpu", "1m", "1250m", "1250")]
    [InlineData("requests.cpu", "1m", "250m", "250")]
    [InlineData("limits.memory", "1", "64Mi", "67108864")]
    [InlineData("requests.memory", "1Mi", "32Mi", "32")]
    [InlineData("limits.cpu", "1", null, "4")]
    [InlineData("limits.memory", "1", null, "8589934592")]
    public async Task Mount_ResourceField_IsTheContainersOrWhatTheNodeCanGive(string resource, string divisor, string? value, string expected)
    {
        DownwardAPIVolumeFile item = new() { Path = "value", ResourceFieldRef = new() { ContainerName = "web", Resource = resource, Divisor = Quantity.Parse(divisor) } };
        var (kind, name) = (resource.Split('.')[0], resource.Split('.')[1]);
        foreach (var volume in Downward(item))
        {
            var path = await MountAsync(volume, pod =>
            {
                if (value is null) return;
                var amount = new Dictionary<string, Quantity> { [name] = Quantity.Parse(value) };
                pod.Spec.Containers[0].Resources = kind == "limits" ? new() { Limits = amount } : new() { Requests = amount };
            });
            Assert.Equal(expected, Read(path, "value"));
        }
    }

    [Fact]
    public async Task Mount_PodName_HasTheModesThatAreAskedFor()
    {
        DownwardAPIVolumeFile name = new() { Path = "podname", FieldRef = new() { FieldPath = "metadata.name" } };
        DownwardAPIVolumeFile own = new() { Path = "own", FieldRef = new() { FieldPath = "metadata.name" }, Mode = 0b100_000_000 };
        foreach (var volume in Downward(name, own))
        {
            var path = await MountAsync(volume);
            Assert.Equal(("a", "a"), (Read(path, "podname"), Read(path, "own")));
            Assert.Equal(("644", "400"), (Mode(path, "podname"), Mode(path, "own")));
        }

        var byDefault = await MountAsync(new() { Name = "d", DownwardAPI = new() { Items = [name], DefaultMode = 0b100_000_000 } });
        Assert.Equal("400", Mode(byDefault, "podname"));
        var projected = await MountAsync(new() { Name = "p", Projected = new() { DefaultMode = 0b100_000_000, Sources = [new() { DownwardAPI = new() { Items = [name] } }] } });
        Assert.Equal("400", Mode(projected, "podname"));
    }

    [Theory]
    [InlineData("metadata.labels")]
    [InlineData("metadata.annotations")]
    public async Task Mount_LabelsAndAnnotationsThatChange_AreShownAnew(string field)
    {
        DownwardAPIVolumeFile item = new() { Path = "map", FieldRef = new() { FieldPath = field } };
        foreach (var volume in Downward(item))
        {
            var path = await MountAsync(volume, pod => Describe(pod, new() { ["key1"] = "value1" }));
            Assert.Equal("key1=\"value1\"", Read(path, "map"));
            _time.Advance(TimeSpan.FromSeconds(1));
            await MountAsync(volume, pod => Describe(pod, new() { ["key1"] = "value1", ["key3"] = "value3" }));
            Assert.Equal("key1=\"value1\"\nkey3=\"value3\"", Read(path, "map"));
        }
    }

    [Theory]
    [InlineData(null, null, "644")]
    [InlineData(1000L, null, "600")]
    [InlineData(null, 2000L, "600")]
    public async Task Mount_TrustBundles_AreShownToTheirUsers(long? user, long? group, string mode)
    {
        _bundles.Bundles["one"] = "named";
        _bundles.Bundles["example.test/signer"] = "signed";
        var volume = new Volume { Name = "v", Projected = new() { Sources =
        [
            new() { ClusterTrustBundle = new() { Name = "one", Path = "one.pem" } },
            new() { ClusterTrustBundle = new() { SignerName = "example.test/signer", LabelSelector = new(), Path = "all.pem" } },
            new() { ClusterTrustBundle = new() { Name = "missing", Optional = true, Path = "none.pem" } },
        ] } };

        var pod = Node.Pod("a", p =>
        {
            p.Spec.Volumes = [volume];
            p.Spec.SecurityContext = new() { RunAsUser = user, FsGroup = group };
        });
        var path = (await _volumes.MountAsync(Node.Mounting(pod), default))["v"].HostPath;

        Assert.Equal(("named", "signed", ""), (Read(path, "one.pem"), Read(path, "all.pem"), Read(path, "none.pem")));
        Assert.StartsWith(mode[..1], Mode(path, "one.pem"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing", null, "missing not found")]
    [InlineData(null, null, "ClusterTrustBundle projection requires either name or signerName to be set")]
    public async Task Mount_TrustBundleThatIsNotThere_Waits(string? name, string? signer, string message)
    {
        var volume = new Volume { Name = "v", Projected = new() { Sources = [new() { ClusterTrustBundle = new() { Name = name, SignerName = signer, Path = "one.pem" } }] } };
        var failure = await Assert.ThrowsAsync<VolumesNotReady>(() => MountAsync(volume));
        Assert.Contains(message, Assert.Single(failure.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mount_SeveralProjections_ShowsAllInOneDirectory()
    {
        Set(Secret, ("s", "secret"));
        Set(ConfigMap, ("c", "map"));
        var path = await MountAsync(new()
        {
            Name = "v",
            Projected = new()
            {
                Sources =
                [
                    new() { Secret = new() { Name = "c", Items = [new() { Key = "s", Path = "secret-data" }] } },
                    new() { ConfigMap = new() { Name = "c", Items = [new() { Key = "c", Path = "configmap-data" }] } },
                    new() { DownwardAPI = new() { Items = [new() { Path = "podname", FieldRef = new() { FieldPath = "metadata.name" } }, new() { Path = "cpu", ResourceFieldRef = new() { ContainerName = "web", Resource = "limits.cpu" } }] } },
                ],
            },
        });
        Assert.Equal(("secret", "map", "a", "4"), (Read(path, "secret-data"), Read(path, "configmap-data"), Read(path, "podname"), Read(path, "cpu")));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("Memory", true)]
    public async Task Mount_EmptyDir_IsForEveryUserAndInMemoryWhereAskedFor(string medium, bool inMemory)
    {
        var path = await MountAsync(new() { Name = "v", EmptyDir = new() { Medium = medium } });
        Assert.Equal(inMemory ? "1777" : "777", Mode(path, ""));
        Assert.Equal(inMemory, _linux.Mounts.Contains(path));
        File.WriteAllText(Path.Combine(path, "kept"), "by the pod");
        await MountAsync(new() { Name = "v", EmptyDir = new() { Medium = medium } });
        Assert.Equal("by the pod", Read(path, "kept"));
    }

    private static void Describe(Pod pod, Dictionary<string, string> map) => (pod.Metadata.Labels, pod.Metadata.Annotations) = (map, map);

    private static IEnumerable<Volume> Downward(params DownwardAPIVolumeFile[] items) =>
    [
        new() { Name = "plain", DownwardAPI = new() { Items = [.. items] } },
        new() { Name = "projected", Projected = new() { Sources = [new() { DownwardAPI = new() { Items = [.. items] } }] } },
    ];

    private static Volume VolumeOf(string source, string name = "c", List<KeyToPath>? items = null, int? mode = null, bool? isOptional = null) => source switch
    {
        ConfigMap => new() { Name = "v", ConfigMap = new() { Name = name, Items = items, DefaultMode = mode, Optional = isOptional } },
        Secret => new() { Name = "v", Secret = new() { SecretName = name, Items = items, DefaultMode = mode, Optional = isOptional } },
        ProjectedConfigMap => new() { Name = "v", Projected = new() { DefaultMode = mode, Sources = [new() { ConfigMap = new() { Name = name, Items = items, Optional = isOptional } }] } },
        _ => new() { Name = "v", Projected = new() { DefaultMode = mode, Sources = [new() { Secret = new() { Name = name, Items = items, Optional = isOptional } }] } },
    };

    private void Set(string source, params (string Key, string Value)[] data) => Set(source, "c", data);

    private void Set(string source, string name, params (string Key, string Value)[] data)
    {
        if (source.EndsWith(ConfigMap, StringComparison.Ordinal)) _objects.ConfigMaps[name] = new() { Data = data.ToDictionary(d => d.Key, d => d.Value) };
        else _objects.Secrets[name] = new() { Data = data.ToDictionary(d => d.Key, d => Encoding.UTF8.GetBytes(d.Value)) };
    }

    private static string Read(string path, string file) => File.ReadAllText(Path.Combine(path, file));

    /// <summary>In octal, links followed.</summary>
    private static string Mode(string path, string file) =>
        Convert.ToString((int)(new FileInfo(Path.Combine(path, file)).ResolveLinkTarget(true) ?? new FileInfo(Path.Combine(path, file))).UnixFileMode, 8);

    private async Task<string> MountAsync(Volume volume, Action<Pod>? change = null)
    {
        var pod = Node.Pod("a", p => p.Spec.Volumes = [volume]);
        change?.Invoke(pod);
        return (await _volumes.MountAsync(Node.Mounting(pod), default))[volume.Name].HostPath;
    }

    private async Task<Dictionary<string, string>> MountAllAsync(params Volume[] volumes) =>
        (await _volumes.MountAsync(Node.Mounting(Node.Pod("a", p => p.Spec.Volumes = [.. volumes])), default)).ToDictionary(v => v.Key, v => v.Value.HostPath);
}
