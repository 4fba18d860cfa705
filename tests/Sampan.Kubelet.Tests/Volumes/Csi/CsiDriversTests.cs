using Sampan.Api;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Plugins;

namespace Sampan.Kubelet.Tests.Volumes.Csi;

public sealed class CsiDriversTests
{
    [Fact]
    public async Task Register_Driver_IsInTheCsiNodeAndOnTheNode()
    {
        await using var node = await CsiNode.StartAsync();
        var driver = Assert.Single(node.Api.CsiNode!.Spec.Drivers!);
        Assert.Equal((CsiNode.DriverName, "node-at-the-driver", 7), (driver.Name, driver.NodeID, driver.Allocatable!.Count));
        Assert.Null(driver.TopologyKeys);
        Assert.Equal(("Node", "node", "uid-node"), node.Api.CsiNode.Metadata.OwnerReferences!.Select(o => (o.Kind, o.Name, o.Uid)).Single());
        Assert.Equal($$"""{"{{CsiNode.DriverName}}":"node-at-the-driver"}""", node.Api.Object.Metadata.Annotations!["csi.volume.kubernetes.io/nodeid"]);
    }

    [Fact]
    public async Task Register_DriverWithTopology_LabelsTheNode()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Info.AccessibleTopology = new() { Segments = { ["topology.test/zone"] = "z1", ["topology.test/rack"] = "r1" } };
        await node.Drivers.RegisterAsync(node.Plugin, default);
        Assert.Equal(["topology.test/rack", "topology.test/zone"], Assert.Single(node.Api.CsiNode!.Spec.Drivers!).TopologyKeys!);
        Assert.Equal("z1", node.Api.Object.Metadata.Labels!["topology.test/zone"]);

        node.Driver.Info.AccessibleTopology.Segments["topology.test/zone"] = "z2";
        var failure = await Assert.ThrowsAsync<PluginRejectedException>(() => node.Drivers.RegisterAsync(node.Plugin, default));
        Assert.EndsWith("detected topology value collision: driver reported \"topology.test/zone\":\"z2\" but existing label is \"topology.test/zone\":\"z1\"", failure.Message);
    }

    [Fact]
    public async Task Refresh_LimitThatChanged_IsToldWhenItsPeriodIsOver()
    {
        await using var node = await CsiNode.StartAsync(d => d.NodeAllocatableUpdatePeriodSeconds = 60);
        node.Driver.Info.MaxVolumesPerNode = 5;
        node.Time.Advance(TimeSpan.FromSeconds(50));
        await node.Drivers.RefreshAsync(default);
        Assert.Equal(7, Assert.Single(node.Api.CsiNode!.Spec.Drivers!).Allocatable!.Count);
        node.Time.Advance(TimeSpan.FromSeconds(10));
        await node.Drivers.RefreshAsync(default);
        Assert.Equal(5, Assert.Single(node.Api.CsiNode!.Spec.Drivers!).Allocatable!.Count);

        // A driver that does not answer is asked in the next round.
        node.Driver.Failing = _ => new RpcException(GrpcStatusCode.Unavailable, "not now");
        node.Time.Advance(TimeSpan.FromSeconds(60));
        await node.Drivers.RefreshAsync(default);
        Assert.Equal(5, Assert.Single(node.Api.CsiNode!.Spec.Drivers!).Allocatable!.Count);
    }

    [Fact]
    public async Task Deregister_Driver_LeavesNothingOfIt()
    {
        await using var node = await CsiNode.StartAsync();
        await node.Drivers.DeregisterAsync(node.Plugin with { Endpoint = "/another" }, default);
        Assert.Single(node.Api.CsiNode!.Spec.Drivers!);
        await node.Drivers.DeregisterAsync(node.Plugin, default);
        Assert.Empty(node.Api.CsiNode.Spec.Drivers!);
        Assert.False(node.Api.Object.Metadata.Annotations!.ContainsKey("csi.volume.kubernetes.io/nodeid"));
        Assert.Null(node.Drivers.Find(CsiNode.DriverName));
    }

    [Fact]
    public async Task Register_DriverThatDoesNotKnowItsNode_IsRejected()
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Failing = _ => new RpcException(GrpcStatusCode.Unavailable, "not yet");
        var failure = await Assert.ThrowsAsync<PluginRejectedException>(() => node.Drivers.RegisterAsync(node.Plugin, default));
        Assert.Contains("rpc error: code = Unavailable desc = not yet", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(node.Drivers.Find(CsiNode.DriverName));
    }

    /// <summary>Upstream: tryUpdateCSINode, tried again on a conflict.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(9, false)]
    public async Task Register_SomebodyElseWritesTheCsiNode_IsTriedAgain(int times, bool isRegistered)
    {
        await using var node = await CsiNode.StartAsync();
        node.Driver.Info.MaxVolumesPerNode = 5;
        for (var i = 0; i < times; i++) node.Api.WriteFaults.Enqueue(StatusException.Conflict(new("storage.k8s.io", "csinodes"), "node", StatusException.ObjectWasModified));
        var failure = await Record.ExceptionAsync(() => node.Drivers.RegisterAsync(node.Plugin, default));
        Assert.Equal(isRegistered, failure is null);
        Assert.Equal(isRegistered ? 5 : 7, Assert.Single(node.Api.CsiNode!.Spec.Drivers!).Allocatable!.Count);

        node.Api.WriteFaults.Clear();
        node.Api.WriteFaults.Enqueue(StatusException.Conflict(new("storage.k8s.io", "csinodes"), "node", StatusException.ObjectWasModified));
        await node.Drivers.DeregisterAsync(node.Plugin, default);
        Assert.Empty(node.Api.CsiNode.Spec.Drivers!);
    }

    [Theory]
    [InlineData("0.3.0", false)]
    [InlineData("1.0.0", true)]
    [InlineData("v1.3.0", true)]
    [InlineData("", false)]
    public async Task Validate_Version_MustBeOne(string version, bool isGood)
    {
        await using var node = await CsiNode.StartAsync();
        var plugin = node.Plugin with { Versions = version.Length > 0 ? [version] : [] };
        if (isGood) node.Drivers.Validate(plugin);
        else Assert.Throws<PluginRejectedException>(() => node.Drivers.Validate(plugin));
    }
}
