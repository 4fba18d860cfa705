using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Plugins;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Sampan.Kubelet.Topology.PodResourcesV1;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Claims;

public sealed class ClaimManagerTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Node _node = new();
    private readonly FakeClaimDriver _driver;

    public ClaimManagerTests() => _driver = new FakeClaimDriver(_directory["dra.sock"]);

    public async ValueTask InitializeAsync()
    {
        await _driver.StartAsync(_node);
        _node.Objects.ResourceClaims["gpu-x"] = FakeClaimDriver.Claim("gpu-x", "one", "two");
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _driver.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Pod_WithAClaim_StartsWithItsDevices()
    {
        await _node.RunAsync(Wanting("one"));

        Assert.Equal(["prepare gpu-x"], _driver.Calls);
        Assert.Equal(["test/gpu=gpu-x"], _node.Runtime.Running("one", "web")!.Config.CDIDevices.Select(d => d.Name));
    }

    [Fact]
    public async Task Pod_WithAnExtendedResourceThatAClaimServes_StartsWithItsDevices()
    {
        await _node.RunAsync(Node.Pod("one", p => p.Status.ExtendedResourceClaimStatus = new()
        {
            ResourceClaimName = "gpu-x",
            RequestMappings = [new() { ContainerName = "web", ResourceName = "example.com/gpu", RequestName = "gpu" }],
        }));

        Assert.Equal(["prepare gpu-x"], _driver.Calls);
        Assert.Equal(["test/gpu=gpu-x"], _node.Runtime.Running("one", "web")!.Config.CDIDevices.Select(d => d.Name));
    }

    [Fact]
    public async Task Pod_DriverFails_WaitsAndSaysWhy()
    {
        _driver.Error = "no power";
        var pod = Wanting("one");
        _node.Pods.Upsert(pod);

        await UntilToldAsync("NodePrepareResources failed for ResourceClaim gpu-x: no power");
        _driver.Error = "";
        await _node.UntilAsync(() => _node.Status(pod).Phase == "Running", "the pod runs", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Pod_DriverUnknown_WaitsAndEndsWithoutIt()
    {
        _node.Objects.ResourceClaims["gpu-x"].Status.Allocation!.Devices.Results![0].Driver = "other.test";
        var pod = Wanting("one");
        _node.Pods.Upsert(pod);
        await UntilToldAsync("prepare dynamic resources: DRA driver other.test is not registered");

        Assert.Empty(_node.Services.Claims.Claims);
        _node.Pods.Upsert(Node.Deleted(pod));

        await _node.UntilAsync(() => _node.Statuses.Deleted.Contains("one"), "the pod is gone");
    }

    [Fact]
    public async Task Pod_DriverSkipsItsClaim_Waits()
    {
        _driver.IsSilent = true;

        _node.Pods.Upsert(Wanting("one"));

        await UntilToldAsync("prepare dynamic resources: NodePrepareResources skipped 1 ResourceClaims");
    }

    [Fact]
    public async Task Pod_ClaimOfTheSameNameBefore_WaitsUntilThatIsGivenBack()
    {
        var old = await _node.RunAsync(Wanting("one"));
        _node.Objects.ResourceClaims["gpu-x"] = FakeClaimDriver.Claim("gpu-x", "one", "two");
        _node.Objects.ResourceClaims["gpu-x"].Metadata.Uid = "uid-new";
        var pod = Wanting("two");

        _node.Pods.Upsert(pod);
        await UntilToldAsync("old ResourceClaim with same name gpu-x and different UID uid-gpu-x still exists");
        _node.Pods.Upsert(Node.Deleted(old));
        await _node.UntilAsync(() => _node.Status(pod).Phase == "Running", "the pod runs", TimeSpan.FromSeconds(1));

        Assert.Equal(["prepare gpu-x", "unprepare gpu-x", "prepare gpu-x"], _driver.Calls);
        Assert.Equal("uid-new", Assert.Single(_node.Services.Claims.Claims).Uid);
    }

    [Fact]
    public async Task Metrics_TellOfClaimsAndCalls()
    {
        await _node.RunAsync(Wanting("one"));

        var metrics = _node.Metrics.Render();

        Assert.Contains("dra_operations_duration_seconds_count{is_error=\"false\",operation_name=\"PrepareResources\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains($"dra_grpc_operations_duration_seconds_count{{driver_name=\"driver.test\",grpc_status_code=\"OK\",method_name=\"/{FakeClaimDriver.Service}/NodePrepareResources\"}} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("dra_resource_claims_in_use{driver_name=\"driver.test\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("dra_resource_claims_in_use{driver_name=\"<any>\"} 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_NotAllowed_DoesNotStart()
    {
        _node.Objects.ResourceClaims["gpu-x"].Status.ReservedFor!.Clear();

        _node.Pods.Upsert(Wanting("one"));

        await UntilToldAsync("is not allowed to use ResourceClaim gpu-x");
        Assert.Empty(_driver.Calls);
    }

    [Fact]
    public async Task Pods_ThatShareAClaim_PrepareOnceAndGiveBackOnce()
    {
        var (one, two) = (await _node.RunAsync(Wanting("one")), await _node.RunAsync(Wanting("two")));

        _node.Pods.Upsert(Node.Deleted(one));
        await _node.UntilAsync(() => _node.Services.Claims.Claims.All(c => c.Pods.Count == 1), "the first gives it up");
        Assert.Equal(["prepare gpu-x"], _driver.Calls);
        _node.Pods.Upsert(Node.Deleted(two));
        await _node.UntilAsync(() => !_node.Services.Claims.Claims.Any(), "it is given back");

        Assert.Equal(["prepare gpu-x", "unprepare gpu-x"], _driver.Calls);
    }

    [Fact]
    public async Task Pods_DriverOfOneDoesNotAnswer_TheOtherStarts()
    {
        await using var slow = new FakeClaimDriver(_directory["slow.sock"]) { Name = "slow.test" };
        await slow.StartAsync(_node);
        slow.Pause();
        _node.Objects.ResourceClaims["gpu-y"] = FakeClaimDriver.Claim("gpu-y", "two");
        _node.Objects.ResourceClaims["gpu-y"].Status.Allocation!.Devices.Results![0].Driver = "slow.test";
        var waiting = FakeClaimDriver.Wanting("two", "gpu-y");
        _node.Pods.Upsert(waiting);
        await _node.UntilAsync(() => slow.Paused > 0, "the driver is asked");

        await _node.RunAsync(Wanting("one"));
        slow.Resume();

        await _node.UntilAsync(() => _node.Status(waiting).Phase == "Running", "the pod runs", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Unprepare_AfterARestart_KnowsWhatWasPrepared()
    {
        var checkpoint = new ClaimCheckpoint(_directory["dra_manager_state"]);
        using (var before = new ClaimManager(_node.Drivers, _node.Objects, checkpoint, new ClaimMetrics(new(), TimeProvider.System)))
        {
            await before.PrepareAsync(Wanting("one"), default);
        }

        using var after = new ClaimManager(_node.Drivers, _node.Objects, checkpoint, new ClaimMetrics(new(), TimeProvider.System));
        await after.PrepareAsync(Wanting("one"), default);
        Assert.Equal("test/gpu=gpu-x", Assert.Single(after.DevicesOf(Wanting("one"), Wanting("one").Spec.Containers[0]).Single().Devices).CdiIds.Single());
        await after.UnprepareAsync("uid-one", default);

        Assert.Equal(["prepare gpu-x", "unprepare gpu-x"], _driver.Calls);
        Assert.Empty(checkpoint.Read());
    }

    [Fact]
    public async Task Pod_WithAClaimOfATemplate_MustOwnIt()
    {
        var pod = FakeClaimDriver.Templated("one", "gpu-x");
        _node.Pods.Upsert(pod);
        await UntilToldAsync("prepare dynamic resources: ResourceClaim default/gpu-x was not created for pod default/one (pod is not owner)");
        Assert.Empty(_driver.Calls);

        _node.Objects.ResourceClaims["gpu-x"].Metadata.OwnerReferences = [new() { ApiVersion = "v1", Kind = "Pod", Name = "one", Uid = "uid-one", Controller = true }];
        await _node.InTimeAsync(() => _node.Status(pod).Phase == "Running", "the pod runs");
    }

    /// <summary>Upstream: a driver is replaced by a newer one of the same name that comes before the old one goes.</summary>
    [Fact]
    public async Task Driver_ReplacedByANewerOne_ServesWithoutABreak()
    {
        await using var newer = new FakeClaimDriver(_directory["newer.sock"]);
        await newer.StartAsync(_node);
        var pod = await _node.RunAsync(Wanting("one"));
        Assert.Equal((0, 1), (_driver.Calls.Count, newer.Calls.Count));

        await _node.Drivers.DeregisterAsync(_driver.Plugin, default);
        Assert.True(_node.Drivers.IsReachable("driver.test"));
        _node.Pods.Upsert(Node.Deleted(pod));
        await _node.UntilAsync(() => !_node.Services.Claims.Claims.Any(), "it is given back");
        Assert.Equal(["prepare gpu-x", "unprepare gpu-x"], newer.Calls);

        await _node.Drivers.DeregisterAsync(newer.Plugin, default);
        Assert.False(_node.Drivers.IsReachable("driver.test"));
    }

    [Fact]
    public async Task Driver_NewerOneThatDoesNotAnswer_LeavesTheOlderOneServing()
    {
        await _node.Drivers.RegisterAsync(new Plugin("driver.test", _directory["nowhere.sock"], ["v1.DRAPlugin"]), default);
        await _node.Drivers.LookAsync(default);
        await _node.RunAsync(Wanting("one"));
        Assert.Equal(["prepare gpu-x"], _driver.Calls);
    }

    /// <summary>Upstream: TestRegistrationHandler; one that comes again has gone before.</summary>
    [Fact]
    public async Task Register_AtTheSocketOfAnother_IsRefused()
    {
        var failure = await Assert.ThrowsAsync<PluginRejectedException>(() => _node.Drivers.RegisterAsync(_driver.Plugin, default));
        Assert.Equal($"endpoint {_driver.Plugin.Endpoint} already registered for DRA driver plugin driver.test", failure.Message);
        await _node.RunAsync(Wanting("one"));

        await _node.Drivers.DeregisterAsync(_driver.Plugin, default);
        await _node.Drivers.RegisterAsync(_driver.Plugin, default);

        await _node.RunAsync(Wanting("two"));
        Assert.Equal(["prepare gpu-x"], _driver.Calls);
    }

    [Theory]
    [InlineData("", "empty list of supported gRPC services (aka supported versions)")]
    [InlineData("v1alpha1.DRAPlugin", "none of services supported by the plugin ([\"v1alpha1.DRAPlugin\"]) are supported by the kubelet ([\"v1.DRAPlugin\" \"v1beta1.DRAPlugin\"])")]
    [InlineData("v1beta1.DRAPlugin", null)]
    public void Validate_Services_MustBeKnown(string service, string? problem)
    {
        var failure = Record.Exception(() => _node.Drivers.Validate(new Plugin("driver.test", "/x", service.Length > 0 ? [service] : [])));

        Assert.Equal(problem is null ? null : $"invalid supported gRPC versions of DRA driver plugin driver.test at endpoint /x: {problem}", failure?.Message);
    }

    [Fact]
    public async Task PodResources_OnTheirSocket_TellOfClaims()
    {
        await _node.RunAsync(Wanting("one"));
        await using var server = new PodResourcesServer(_directory["pods.sock"], () => _node.Pods.Pods, _node.Services.Exclusive, _node.Services.Claims, new PodResourcesMetrics(_node.Metrics), _node.Time);
        await server.StartAsync(default);
        using var channel = GrpcChannel.ForUnixSocket(_directory["pods.sock"], TimeProvider.System);

        var list = await channel.CallAsync(PodResourcesServer.List, new ListPodResourcesRequest());
        var missing = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(PodResourcesServer.Get, new GetPodResourcesRequest { PodName = "x", PodNamespace = "default" }));

        var claim = Assert.Single(Assert.Single(Assert.Single(list.PodResources).Containers).DynamicResources);
        Assert.Equal(("gpu-x", "driver.test"), (claim.ClaimName, claim.ClaimResources[0].DriverName));
        Assert.Equal("pod x in namespace default not found", missing.Detail);
    }

    private static Pod Wanting(string name) => FakeClaimDriver.Wanting(name, "gpu-x");

    private Task UntilToldAsync(string text) =>
        _node.UntilAsync(() => _node.Events.All.Any(e => e.Contains(text, StringComparison.Ordinal)), "the failure is told");
}
