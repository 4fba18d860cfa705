using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Cloud;

namespace Sampan.ControllerManager.Tests.Cloud;

public sealed class CloudNodeTests : IAsyncDisposable
{
    private readonly Harness _harness = new();
    private readonly FakeCloud _cloud = new();

    private FakeApi Api => _harness.Api;

    private Node? Node => Api.Find<Node>(null, "n");

    private string? NetworkUnavailable => Node!.Status.Conditions?.Find(c => c.Type == "NetworkUnavailable")?.Status;

    [Fact]
    public async Task Reconcile_NewNode_LearnsWhatItsMachineIs()
    {
        Put("True", new Taint { Key = CloudNodeController.Uninitialized, Value = "true", Effect = "NoSchedule" });
        await _harness.StartAsync(c => new CloudNodeController(c, _cloud));
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints is null, "the taint goes");
        Assert.Equal("fake://n", Node!.Spec.ProviderID);
        Assert.Equal("192.0.2.7", Node.Status.Addresses!.Single().Address);
        Assert.Equal("large", Node.Metadata.Labels!["node.kubernetes.io/instance-type"]);
        Assert.Equal("zone-a", Node.Metadata.Labels["topology.kubernetes.io/zone"]);
        Assert.Equal("region-1", Node.Metadata.Labels["topology.kubernetes.io/region"]);
    }

    [Fact]
    public async Task Reconcile_MachineShutDownThenGone_TaintsThenRemovesTheNode()
    {
        _cloud.Machines["n"] = false;
        Put("True");
        await _harness.StartAsync(c => new CloudNodeLifecycleController(c, _cloud, TimeSpan.FromSeconds(5)));
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Null(Node!.Spec.Taints);
        Put("Unknown");
        _cloud.Machines["n"] = true;
        await _harness.AdvanceUntilAsync(() => Node!.Spec.Taints?.Single().Key == CloudNodeLifecycleController.Shutdown, "tainted", TimeSpan.FromSeconds(1));
        _cloud.Machines.Clear();
        await _harness.AdvanceUntilAsync(() => Node is null, "removed", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_Routes_FollowTheNodes()
    {
        _cloud.Known[new CloudRoute("old", "10.244.9.0/24")] = true;
        _cloud.Known[new CloudRoute("foreign", "172.16.0.0/24")] = true;
        _cloud.RefusesRoutes = true;
        Put("True");
        await _harness.StartAsync(c => new RouteController(c, _cloud, "10.244.0.0/16", TimeSpan.FromSeconds(10)));
        await _harness.AdvanceUntilAsync(() => NetworkUnavailable == "True", "the node has no route");
        _cloud.RefusesRoutes = false;
        await _harness.AdvanceUntilAsync(() => NetworkUnavailable == "False", "the route is made", TimeSpan.FromSeconds(1));
        Assert.Equal(["172.16.0.0/24", "10.244.1.0/24"], _cloud.Known.Keys.Select(r => r.Cidr).OrderBy(c => c.StartsWith("10.", StringComparison.Ordinal)));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private void Put(string ready, params Taint[] taints) => Api.Put(new Node
    {
        Metadata = new() { Name = "n" },
        Spec = new() { PodCIDR = "10.244.1.0/24", PodCIDRs = ["10.244.1.0/24"], Taints = taints.Length > 0 ? [.. taints] : null },
        Status = new() { Conditions = [new() { Type = "Ready", Status = ready }] },
    });
}
