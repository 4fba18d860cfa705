using Sampan.Api;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Topology;
using Sampan.Kubelet.Topology.PodResourcesV1;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Topology;

/// <summary>What monitoring agents are told. Upstream: test/e2e_node/podresources_test.go, device_plugin_test.go.</summary>
public sealed class PodResourcesServerTests : IAsyncLifetime
{
    private const string Gpu = "test.example/gpu";
    private readonly TemporaryDirectory _directory = new();
    private readonly Node _node = new();
    private readonly PodResourcesServer _server;
    private readonly GrpcChannel _agent;

    public PodResourcesServerTests()
    {
        _server = new(_directory["pods.sock"], () => _node.Pods.Pods, _node.Services.Exclusive, _node.Services.Claims, new PodResourcesMetrics(_node.Metrics), _node.Time);
        _agent = GrpcChannel.ForUnixSocket(_directory["pods.sock"], TimeProvider.System);
    }

    public async ValueTask InitializeAsync() => await _server.StartAsync(default);

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _server.DisposeAsync();
        await _node.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task List_OfTheVersionBefore_TellsOfDevicesAlone()
    {
        await using var plugin = new FakeDevicePlugin(_directory["gpu.sock"]);
        await plugin.StartAsync();
        _node.Devices.Add(Gpu, _directory["gpu.sock"], new DevicePluginOptions());
        plugin.Offer("a@0");
        await _node.UntilAsync(() => _node.Devices.Quantities().Allocatable.GetValueOrDefault(Gpu).AsLong() == 1, "the device is there");
        await _node.RunAsync(Node.Pod("one", p => p.Spec.Containers = [Node.Container("web", c => c.Resources = new() { Limits = new() { [Gpu] = new(1) }, Requests = new() { [Gpu] = new(1) } })]));

        var old = Assert.Single((await _agent.CallAsync(PodResourcesServer.ListDevices, new ListPodResourcesRequest())).PodResources);
        var now = Assert.Single((await _agent.CallAsync(PodResourcesServer.List, new ListPodResourcesRequest())).PodResources);

        Assert.Equal("""{ "resourceName": "test.example/gpu", "deviceIds": [ "a" ] }""", $"{Assert.Single(Assert.Single(old.Containers).Devices)}");
        Assert.Equal(0, Assert.Single(Assert.Single(now.Containers).Devices).Topology.Nodes[0].ID);
        Assert.Contains("kubelet_pod_resources_endpoint_requests_total{server_api_version=\"v1alpha1\"} 1\n", _node.Metrics.Render());
    }

    [Fact]
    public async Task List_TooOften_IsRefusedForAWhile()
    {
        async Task<string> AskAsync() => (await Record.ExceptionAsync(() => _agent.CallAsync(PodResourcesServer.List, new ListPodResourcesRequest()))) switch
        {
            null => "answered",
            RpcException e => $"{e.Code}: {e.Detail}",
            var e => e.Message,
        };
        for (int i = 0; i < 10; i++) Assert.Equal("answered", await AskAsync());
        Assert.Equal("ResourceExhausted: rejected by rate limit", await AskAsync());
        _node.Time.Advance(TimeSpan.FromMilliseconds(15));
        Assert.Equal("answered", await AskAsync());
        Assert.Equal("ResourceExhausted: rejected by rate limit", await AskAsync());
    }
}
