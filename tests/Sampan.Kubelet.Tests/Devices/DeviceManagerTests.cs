using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Container = Sampan.Api.Core.V1.Container;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Devices;

public sealed class DeviceManagerTests : IAsyncLifetime
{
    private const string Gpu = "test.example/gpu";
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _metrics = new();
    private readonly FakeDevicePlugin _plugin;
    private readonly DeviceManager _devices;
    private readonly DeviceRegistration _registration;
    private readonly GrpcChannel _kubelet;

    public DeviceManagerTests()
    {
        _plugin = new FakeDevicePlugin(_directory["gpu.sock"]);
        _devices = Manager();
        _registration = new DeviceRegistration(_directory.Path, _devices, _time, NullLogger.Instance);
        _kubelet = GrpcChannel.ForUnixSocket(_directory["kubelet.sock"], TimeProvider.System);
    }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_directory["stale.sock"], "");
        await _registration.StartAsync(default);
        await _plugin.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _kubelet.Dispose();
        await _registration.DisposeAsync();
        _devices.Dispose();
        await _plugin.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public void Start_SocketsOfAnEarlierKubelet_AreRemoved() => Assert.False(File.Exists(_directory["stale.sock"]));

    [Fact]
    public async Task Register_Plugin_OffersItsDevices()
    {
        await OfferAsync("a", "b", "-c");

        var (capacity, allocatable) = _devices.Quantities();
        Assert.Equal(3, capacity[Gpu].AsLong());
        Assert.Equal(2, allocatable[Gpu].AsLong());
    }

    [Fact]
    public async Task Offer_OfADeviceThatFailed_TellsThePodThatHasIt()
    {
        await OfferAsync("a", "b");
        await AllocateAsync(Pod("one", 1));
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        _devices.HealthChanged += told.Enqueue;
        var device = _devices.Allocated.Single().Ids.Single();
        Assert.Equal("Healthy", Health());

        _plugin.Offer(device == "a" ? ["-a", "b"] : ["a", "-b"]);

        await Eventually.TrueAsync(() => !told.IsEmpty, "the pod is told");
        Assert.Equal("Unhealthy", Health());
        _plugin.HangUp();
        await Eventually.TrueAsync(() => _devices.Tables[Gpu].Endpoint is null, "the plugin is gone");
        Assert.Equal("Unhealthy", Health());

        string? Health()
        {
            var status = _devices.HealthOf(_devices.Allocated.Single().PodUid, _devices.Allocated.Single().Container).Single();
            Assert.Equal((Gpu, device), (status.Name, status.Resources!.Single().ResourceID));
            return status.Resources!.Single().Health;
        }
    }

    [Theory]
    [InlineData("v1alpha", Gpu, "requested API version \"v1alpha\" is not supported by kubelet. Supported version is [\"v1beta1\"]")]
    [InlineData("v1beta1", "gpu", "the ResourceName \"gpu\" is invalid")]
    [InlineData("v1beta1", "kubernetes.io/gpu", "the ResourceName \"kubernetes.io/gpu\" is invalid")]
    public async Task Register_NotUnderstood_IsRefused(string version, string resource, string error)
    {
        var request = new RegisterRequest { Version = version, ResourceName = resource, Endpoint = "gpu.sock" };

        var failure = await Assert.ThrowsAsync<RpcException>(() => _kubelet.CallAsync(DeviceMethods.Register, request));

        Assert.Equal(error, failure.Detail);
    }

    /// <summary>Upstream: "when GetDevicePluginOptions fails, device plugin will not be used".</summary>
    [Fact]
    public async Task Register_PluginThatDoesNotSayWhatItWants_IsRefused()
    {
        _plugin.OptionsError = "broken";

        var failure = await Assert.ThrowsAsync<RpcException>(() => RegisterAsync("gpu.sock"));
        var other = await Assert.ThrowsAsync<PluginRejectedException>(() => _registration.RegisterAsync(new Plugin(Gpu, _plugin.Socket, ["v1beta1"]), default));

        Assert.Equal("failed to get device plugin options: rpc error: code = Unknown desc = broken", failure.Detail);
        Assert.Equal(failure.Detail, other.Message);
        Assert.Empty(_devices.Tables);
    }

    /// <summary>Upstream dials for ten seconds.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Register_PluginThatDoesNotListenYet_IsWaitedFor(bool listensLater)
    {
        await using var late = new FakeDevicePlugin(_directory["late.sock"]);
        var registering = RegisterAsync("late.sock");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(registering.IsCompleted);
        if (listensLater)
        {
            await late.StartAsync();
        }

        await Eventually.TrueAsync(() => registering.IsCompleted, "it is known", () => _time.Advance(listensLater ? TimeSpan.FromMilliseconds(2) : TimeSpan.FromSeconds(1)));

        var failure = await Record.ExceptionAsync(() => registering) as RpcException;
        Assert.Equal(listensLater ? null : "failed to dial device plugin: context deadline exceeded", failure?.Detail);
        Assert.Equal(listensLater, _devices.Tables.ContainsKey(Gpu));
    }

    /// <summary>Upstream: "Basic rollout of device plugins with zero downtime".</summary>
    [Fact]
    public async Task Register_NewerPlugin_ServesWithoutABreak()
    {
        await OfferAsync("a", "b");
        await using var newer = new FakeDevicePlugin(_directory["newer.sock"]);
        await newer.StartAsync();

        await RegisterAsync("newer.sock");

        Assert.Equal(2, _devices.Quantities().Allocatable[Gpu].AsLong());
        newer.Offer("a", "b", "c");
        await UntilAsync(3);
        _plugin.Offer("a");
        _plugin.HangUp();
        await Eventually.TrueAsync(() => _devices.Tables[Gpu].Others.IsEmpty, "the older one is gone");
        Assert.Equal(3, _devices.Quantities().Allocatable[Gpu].AsLong());
        await AllocateAsync(Pod("one", 1));
        Assert.Equal((0, 1), (_plugin.Calls.Count, newer.Calls.Count));
    }

    /// <summary>Upstream: "DP2 changed its mind".</summary>
    [Fact]
    public async Task HangUp_NewerPlugin_LeavesTheOlderOneServing()
    {
        await OfferAsync("a", "b");
        await using var newer = new FakeDevicePlugin(_directory["newer.sock"]);
        await newer.StartAsync();
        await RegisterAsync("newer.sock");
        newer.Offer("a", "b", "c");
        await UntilAsync(3);

        newer.HangUp();

        await UntilAsync(2);
        await AllocateAsync(Pod("one", 1));
        Assert.Equal((1, 0), (_plugin.Calls.Count, newer.Calls.Count));
    }

    [Fact]
    public async Task Deregister_OlderPlugin_LeavesTheNewerOneServing()
    {
        await using var newer = new FakeDevicePlugin(_directory["newer.sock"]);
        await newer.StartAsync();
        var (first, second) = (new Plugin(Gpu, _plugin.Socket, ["v1beta1"]), new Plugin(Gpu, newer.Socket, ["v1beta1"]));
        await _registration.RegisterAsync(first, default);
        await _registration.RegisterAsync(second, default);
        newer.Offer("a");
        await UntilAsync(1);

        await _registration.DeregisterAsync(first, default);

        Assert.Equal(1, _devices.Quantities().Allocatable[Gpu].AsLong());
        await _registration.DeregisterAsync(second, default);
        Assert.Equal(0, _devices.Quantities().Allocatable[Gpu].AsLong());
    }

    [Fact]
    public async Task Register_ByItsOwnSocket_IsTheSame()
    {
        var plugin = new Plugin(Gpu, _plugin.Socket, ["v1beta1"]);
        _registration.Validate(plugin);
        await _registration.RegisterAsync(plugin, default);
        _plugin.Offer("a");
        await UntilAsync(1);

        await _registration.DeregisterAsync(plugin, default);

        Assert.Equal(0, _devices.Quantities().Allocatable[Gpu].AsLong());
    }

    [Fact]
    public async Task HangUp_Plugin_MakesDevicesUnhealthyThenTakesThemAway()
    {
        await OfferAsync("a", "b");

        _plugin.HangUp();

        await UntilAsync(0);
        Assert.Equal(2, _devices.Quantities().Capacity[Gpu].AsLong());
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(0, _devices.Quantities().Capacity[Gpu].AsLong());
    }

    [Fact]
    public async Task Allocate_Pod_GetsDevicesThatNobodyElseGets()
    {
        await OfferAsync("a", "b", "c");

        await AllocateAsync(Pod("one", 2));
        await AllocateAsync(Pod("two", 1));

        Assert.Equal(["a,b", "c"], _devices.Allocated.Select(a => string.Join(',', a.Ids)));
        var failure = await Assert.ThrowsAsync<AllocationException>(() => AllocateAsync(Pod("three", 1)));
        Assert.Equal($"requested number of devices unavailable for {Gpu}. Requested: 1, Available: 0", failure.Message);
        _devices.Release("uid-one");
        await AllocateAsync(Pod("three", 1));
    }

    [Fact]
    public async Task Allocate_PluginWithWishes_IsAsked()
    {
        _plugin.Options.GetPreferredAllocationAvailable = true;
        await OfferAsync("a", "b", "c");

        await AllocateAsync(Pod("one", 1));

        Assert.Equal(["prefer 1 of a,b,c with ", "allocate c"], _plugin.Calls);
    }

    [Fact]
    public async Task Allocate_WithAffinity_TakesTheDevicesNearIt()
    {
        await OfferAsync("a@0", "b@1", "c@1");

        await _devices.AllocateAsync(Pod("one", 1), Pod("one", 1).Spec.Containers[0], new TopologyHint(0b10, true), default);

        Assert.Equal(["b"], _devices.Allocated[0].Ids);
        Assert.Equal(1, Assert.Single(_devices.Allocated[0].ByNode).Node);
        var hints = _devices.Hints(Pod("two", 2), Pod("two", 2).Spec.Containers[0])[Gpu];
        Assert.Equal([new TopologyHint(0b11, false)], hints);
    }

    /// <summary>Upstream: generateDeviceTopologyHints; a device that is nowhere is no reason to be somewhere.</summary>
    [Fact]
    public async Task Hints_DevicesOfWhichSomeAreNowhere_CountThoseThatAreSomewhere()
    {
        await OfferAsync("a@0", "b");
        var (one, two) = (Pod("one", 1), Pod("two", 2));
        Assert.Equal([new TopologyHint(0b01, true)], _devices.Hints(one, one.Spec.Containers[0])[Gpu]);
        Assert.Empty(_devices.Hints(two, two.Spec.Containers[0])[Gpu]!);
    }

    [Fact]
    public async Task Allocate_AfterAnInitContainer_TakesItsDevicesOver()
    {
        await OfferAsync("a", "b");
        var pod = Pod("one", 2);
        pod.Spec.InitContainers = [Wanting("setup", 2)];

        await AllocateAsync(pod);

        Assert.Equal(["setup a,b", "web a,b"], _devices.Allocated.Select(a => $"{a.Container} {string.Join(',', a.Ids)}"));
    }

    /// <summary>Upstream: TestInitContainerDeviceAllocation and TestRestartableInitContainerDeviceAllocation.</summary>
    [Theory]
    [InlineData(false, "first a, second a,b, web a, other b")]
    [InlineData(true, "first a, second b,c, web b, other c")]
    public async Task Allocate_SeveralInitContainers_HandOnWhatTheyDoNotKeep(bool isSidecar, string expected)
    {
        await OfferAsync("a", "b", "c");
        var pod = Pod("one", 1);
        pod.Spec.InitContainers = [Wanting("first", 1), Wanting("second", 2)];
        pod.Spec.InitContainers[0].RestartPolicy = isSidecar ? "Always" : null;
        pod.Spec.Containers.Add(Wanting("other", 1));

        await AllocateAsync(pod);

        Assert.Equal(expected, string.Join(", ", _devices.Allocated.Select(a => $"{a.Container} {string.Join(',', a.Ids)}")));
    }

    [Fact]
    public async Task Allocate_RefusedByThePlugin_IsTold()
    {
        await OfferAsync("a");
        _plugin.Refusal = "broken";

        var failure = await Assert.ThrowsAsync<AllocationException>(() => AllocateAsync(Pod("one", 1)));

        Assert.Equal("rpc error: code = Unknown desc = broken", failure.Message);
        Assert.Empty(_devices.Allocated);
    }

    [Fact]
    public async Task Restore_AfterARestart_KeepsWhatWasGivenAndWaitsForThePlugin()
    {
        await OfferAsync("a", "b");
        await AllocateAsync(Pod("one", 1));

        using var later = Manager();
        later.Restore();

        Assert.Equal(["a"], Assert.Single(later.Allocated).Ids);
        Assert.Equal(0, later.Quantities().Allocatable[Gpu].AsLong());
        var failure = await Assert.ThrowsAsync<AllocationException>(() => later.AllocateAsync(Pod("two", 1), Pod("two", 1).Spec.Containers[0], default, default));
        Assert.Equal($"no healthy devices present; cannot allocate unhealthy devices {Gpu}", failure.Message);

        // After a reboot the pod that has it is asked for anew, and the plugin may not be there yet.
        failure = await Assert.ThrowsAsync<AllocationException>(() => later.AllocateAsync(Pod("one", 1), Pod("one", 1).Spec.Containers[0], default, default));
        Assert.Equal($"no healthy devices present; cannot allocate unhealthy devices {Gpu}", failure.Message);
    }

    /// <summary>Upstream: TestDevicesToAllocateConflictWithUpdateAllocatedDevices and issue 109595; what a pod has is looked at again.</summary>
    [Fact]
    public async Task Allocate_PodThatHasItsDevices_ChecksThem()
    {
        await OfferAsync("a", "b");
        await AllocateAsync(Pod("one", 1));

        var failure = await Assert.ThrowsAsync<AllocationException>(() => AllocateAsync(Pod("one", 2)));
        Assert.Equal($"pod \"uid-one\" container \"web\" changed request for resource \"{Gpu}\" from 1 to 2", failure.Message);
        _plugin.Offer("-a", "b");
        await UntilAsync(1);
        failure = await Assert.ThrowsAsync<AllocationException>(() => AllocateAsync(Pod("one", 1)));
        Assert.Equal($"previously allocated devices are no longer healthy; cannot allocate unhealthy devices {Gpu}", failure.Message);
        _plugin.Offer("a", "b");
        await UntilAsync(2);
        await AllocateAsync(Pod("one", 1));

        Assert.Equal(["allocate a"], _plugin.Calls);
    }

    [Fact]
    public async Task Prepare_Container_GetsAllThatThePluginWants()
    {
        _plugin.Options.PreStartRequired = true;
        await OfferAsync("a");
        var pod = Pod("one", 1);
        await AllocateAsync(pod);
        var config = new Cri.ContainerConfig { Linux = new() { Resources = new() } };

        await _devices.PrepareAsync(pod, pod.Spec.Containers[0], config, default);

        Assert.Contains("prestart a", _plugin.Calls);
        Assert.Equal("GPUS=a", $"{config.Envs[0].Key}={config.Envs[0].Value.ToStringUtf8()}");
        Assert.Equal(("/dev/a", "/dev/host-a", "rw"), (config.Devices[0].ContainerPath, config.Devices[0].HostPath, config.Devices[0].Permissions));
        Assert.Equal(("/opt/driver", "/driver", true), (config.Mounts[0].ContainerPath, config.Mounts[0].HostPath, config.Mounts[0].Readonly));
        Assert.Equal("yes", config.Annotations["gpu"]);
        Assert.Equal("test.example/gpu=all", Assert.Single(config.CDIDevices).Name);
    }

    [Fact]
    public async Task Admit_PodWithoutDevicesLeft_FailsWithUpstreamsWords()
    {
        await using var node = new Node(_ => ExclusiveResources.OnlyDevices(_devices, new(), _time));
        await OfferAsync("a");
        await node.RunAsync(Pod("one", 1));

        var late = Pod("two", 1);
        node.Pods.Upsert(late);

        await node.UntilAsync(() => node.Status(late).Phase == "Failed", "the pod is rejected");
        Assert.Equal("UnexpectedAdmissionError", node.Status(late).Reason);
        Assert.Contains($"Allocate failed due to requested number of devices unavailable for {Gpu}. Requested: 1, Available: 0, which is unexpected", node.Status(late).Message);
    }

    private static Pod Pod(string name, int count) => Node.Pod(name, p => p.Spec.Containers = [Wanting("web", count)]);

    private static Container Wanting(string name, int count) =>
        Node.Container(name, c => c.Resources = new() { Limits = new() { [Gpu] = new Quantity(count) }, Requests = new() { [Gpu] = new Quantity(count) } });

    private DeviceManager Manager() => new(new DeviceCheckpoint(_directory[DeviceRegistration.CheckpointName]), _time, NullLogger.Instance, new(_metrics));

    private async Task OfferAsync(params string[] devices)
    {
        await RegisterAsync("gpu.sock");
        _plugin.Offer(devices);
        await UntilAsync(devices.Count(d => !d.StartsWith('-')));
    }

    private Task RegisterAsync(string socket) =>
        _kubelet.CallAsync(DeviceMethods.Register, new RegisterRequest { Version = "v1beta1", ResourceName = Gpu, Endpoint = socket });

    private Task UntilAsync(int healthy) => Eventually.TrueAsync(
        () => _devices.Quantities().Allocatable.GetValueOrDefault(Gpu).AsLong() == healthy && (healthy > 0 || _devices.Tables[Gpu].Endpoint is null), $"{healthy} devices are healthy");

    private async Task AllocateAsync(Pod pod)
    {
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Concat(pod.Spec.Containers))
        {
            await _devices.AllocateAsync(pod, container, TopologyHint.Anywhere, default);
        }
    }
}
