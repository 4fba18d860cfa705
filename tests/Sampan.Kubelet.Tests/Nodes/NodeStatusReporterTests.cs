using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Eviction;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Runtime.Simulated;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using ApiNode = Sampan.Api.Core.V1.Node;

namespace Sampan.Kubelet.Tests.Nodes;

/// <summary>What the API server is told of the node, and when.</summary>
public sealed class NodeStatusReporterTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeEvents _events = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SimulatedRuntime _runtime;
    private readonly DeviceManager _devices;
    private readonly NodesApi _api = new();
    private readonly RuntimeCache _cache;
    private NodeStatusReporter _reporter = null!;
    private Task _running = Task.CompletedTask;

    public NodeStatusReporterTests()
    {
        _runtime = new SimulatedRuntime(_time);
        _cache = new RuntimeCache(_runtime, _time, NullLogger.Instance);
        _devices = new DeviceManager(new DeviceCheckpoint(_directory["checkpoint"]), _time, NullLogger.Instance, new DeviceMetrics(new()));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _devices.Dispose();
        _runtime.Dispose();
        _stop.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Report_NewNode_TellsWhatItHas()
    {
        _runtime.AddImage("registry.test/b:1");
        _runtime.AddImage("registry.test/a:1");
        _runtime.RuntimeHandlers = [new() { Name = "crun" }, new() { Name = "", Features = new() { UserNamespaces = true } }];
        await StartAsync();

        var node = _api.Created!;
        Assert.Equal("4", $"{node.Status.Capacity!["cpu"]}");
        var status = _api.Patches.First();
        Assert.Equal(["registry.test/b:1", "registry.test/a:1"], status["images"]!.AsArray().Select(i => (string?)i!["names"]![0]));
        Assert.Equal(
            ["{\"name\":\"\",\"features\":{\"recursiveReadOnlyMounts\":false,\"userNamespaces\":true}}", "{\"name\":\"crun\",\"features\":{\"recursiveReadOnlyMounts\":false,\"userNamespaces\":false}}"],
            status["runtimeHandlers"]!.AsArray().Select(h => h!.ToJsonString()));
        Assert.Equal("{\"supplementalGroupsPolicy\":true}", status["features"]!.ToJsonString());
        Assert.Equal(
            ["InPlacePodLevelResourcesVerticalScaling", "InPlacePodVerticalScalingInitContainers", "RestartAllContainersOnContainerExits"],
            status["declaredFeatures"]!.AsArray().Select(feature => (string?)feature));
    }

    /// <summary>Upstream: ReadyCondition records no event of a condition that was not there before.</summary>
    [Fact]
    public async Task Report_NewNodeThatIsReady_IsNoNews()
    {
        await StartAsync();
        Assert.Equal(
            ["NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID"],
            _events.All.Select(e => e.Split(' ')[1]));
    }

    [Fact]
    public async Task Report_NetworkComesUp_IsToldAtOnce()
    {
        _runtime.Network = new() { Type = "NetworkReady", Status = false, Reason = "NetworkPluginNotReady", Message = "no CNI" };
        await StartAsync(isReady: false);
        Assert.Equal("container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:no CNI", Ready(_api.Patches.First())["message"]!.ToString());

        _runtime.Network = new() { Type = "NetworkReady", Status = true };
        await UntilAsync(() => _reporter.Ready.IsCompleted, "it is ready", TimeSpan.FromMilliseconds(50));

        Assert.Contains("Normal NodeReady Node node status is now: NodeReady", _events.All);
    }

    /// <summary>Upstream: what an operator says of a resource is allocatable; a resource without capacity is not.</summary>
    [Fact]
    public async Task Report_ResourcesOfAnOperator_ArePodsToHave()
    {
        _devices.Add("example.com/served", "nobody", new());
        await StartAsync();
        Saw(n => (n.Status.Capacity, n.Status.Allocatable) = (
            new() { ["example.com/dongle"] = new(5), ["hugepages-4Gi"] = new(0) },
            new() { ["example.com/dongle"] = new(4), ["example.com/gone"] = new(1), ["hugepages-4Gi"] = new(0) }));

        await UntilAsync(() => (string?)_api.Patches.Last()["allocatable"]!["example.com/dongle"] == "5", "it is told");

        var status = _api.Patches.Last();
        Assert.False(status["capacity"]!.AsObject().ContainsKey("example.com/dongle"));
        Assert.Equal("0", (string?)status["capacity"]!["example.com/served"]);
        Assert.True(status["allocatable"]!.AsObject().TryGetPropertyValue("example.com/gone", out var gone) && gone is null);
        Assert.True(status["capacity"]!.AsObject().TryGetPropertyValue("hugepages-4Gi", out var pages) && pages is null);
    }

    /// <summary>Upstream: TestReconcileExtendedResource. The machine was set up anew under its old name.</summary>
    [Theory]
    [InlineData(true, "0")]
    [InlineData(false, null)]
    public async Task Register_KnownNode_ForgetsDevicesThatAnotherMachineHad(bool isNewMachine, string? capacity)
    {
        if (!isNewMachine) File.WriteAllText(_directory["checkpoint"], "{}");
        _api.Created = new() { Metadata = new() { Name = "node" }, Status = new() { Capacity = new() { ["example.com/gpu"] = new(2), ["cpu"] = new(9) }, Allocatable = new() { ["example.com/gpu"] = new(2) } } };
        await StartAsync();
        var status = _api.Patches.First();
        Assert.Equal((capacity, capacity ?? "2", "4"), ((string?)status["capacity"]!["example.com/gpu"], (string?)status["allocatable"]!["example.com/gpu"], (string?)status["capacity"]!["cpu"]));
    }

    /// <summary>Upstream: TestUpdateNodeStatusWithLease. Told again after five minutes, or at the next look when somebody wrote over it.</summary>
    [Fact]
    public async Task Report_NothingChanged_IsToldNowAndThenOrWhenItIsLost()
    {
        await StartAsync();
        Saw(_ => { });
        await PassAsync(TimeSpan.FromMinutes(4));
        Assert.Single(_api.Patches);
        await UntilAsync(() => _api.Patches.Count == 2, "five minutes are over", Second);

        Saw(n => n.Status.Conditions!.Single(c => c.Type == "DiskPressure").Status = "True");
        await UntilAsync(() => _api.Patches.Count == 3, "it is set right", Second);
        Saw(n => n.Status.Allocatable!["cpu"] = new(400));
        await UntilAsync(() => _api.Patches.Count == 4, "it is set right", Second);
        Saw(_ => { });
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(4, _api.Patches.Count);
    }

    /// <summary>Upstream: TestRecordNodeStatusEvent and recordNodeSchedulableEvent.</summary>
    [Fact]
    public async Task Saw_NodeIsCordonedAndFreed_TellsIt()
    {
        await StartAsync();
        foreach (var isUnschedulable in new[] { false, true, true, false }) Saw(n => n.Spec.Unschedulable = isUnschedulable);
        Assert.Equal(
            ["Normal NodeNotSchedulable Node node status is now: NodeNotSchedulable", "Normal NodeSchedulable Node node status is now: NodeSchedulable"],
            _events.All.Where(e => e.Contains("Schedulable", StringComparison.Ordinal)));
    }

    /// <summary>Upstream: "should reconcile the OS and Arch labels when running".</summary>
    [Fact]
    public async Task Saw_NodeThatIsCalledAnotherMachine_SetsItRight()
    {
        await StartAsync();
        Saw(n => n.Metadata.Labels = new() { ["kubernetes.io/os"] = "dummyOS", ["kubernetes.io/arch"] = HostFacts.Architecture(), ["mine"] = "stays" });
        await UntilAsync(() => _api.Patched is not null, "the label is set right", Second);
        Assert.Equal("""{"metadata":{"labels":{"kubernetes.io/os":"linux"}}}""", _api.Patched);
    }

    private static JsonObject Ready(JsonObject status) => status["conditions"]!.AsArray().Single(c => (string?)c!["type"] == "Ready")!.AsObject();

    /// <summary>The kubelet hears of its node as the API server has it: as it was told last, and changed.</summary>
    private void Saw(Action<ApiNode> change)
    {
        var node = new ApiNode { Metadata = new() { Name = "node" }, Status = JsonCodec.Decode<NodeStatus>(Encoding.UTF8.GetBytes(_api.Patches.Last().ToJsonString())) };
        change(node);
        _reporter.SawOwnNode(node);
    }

    private async Task StartAsync(bool isReady = true)
    {
        var options = new KubeletOptions { Client = new ApiClient(_api), NodeName = "node", Time = _time, IsSimulated = true };
        await _cache.RelistAsync(default);
        var health = new NodeHealth(_runtime, _cache, () => false);
        var capacity = NodeCapacity.Create(options.Configuration, 4, 8L << 30, 100L << 30, []);
        var facts = new NodeFacts("node", ["192.0.2.1"], capacity.Allocatable, capacity.MemoryBytes, "simulated");
        var description = new NodeDescription(options, _runtime, health, () => facts, capacity, _devices, () => 10250);
        _reporter = new NodeStatusReporter(
            options, description, new NodeRegistration(options), health, new NodePressure(TimeSpan.FromMinutes(5), _time), () => [], _events, new NodeMetrics(new MetricRegistry(), _time.GetUtcNow(), _time), NullLogger.Instance);
        _running = Task.Run(() => _reporter.RunAsync(_stop.Token));
        await UntilAsync(() => isReady ? _reporter.Ready.IsCompleted : !_api.Patches.IsEmpty, "the status is told");
    }

    private Task UntilAsync(Func<bool> condition, string what, TimeSpan? step = null) => Eventually.TrueAsync(condition, what, step is { } by ? () => Pass(by) : null);

    /// <summary>Second by second, so that every wait that begins meanwhile ends in its time.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Second)
        {
            Pass(Second);
            await Task.Yield();
        }
    }

    /// <summary>The runtime is listed meanwhile, as the cache's own loop would do.</summary>
    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _ = _cache.RelistAsync(default);
    }
}
