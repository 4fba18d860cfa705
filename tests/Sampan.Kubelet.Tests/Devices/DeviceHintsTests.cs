using Sampan.Kubelet.Devices;
using Sampan.Kubelet.Devices.V1Beta1;
using Sampan.Kubelet.Topology;

namespace Sampan.Kubelet.Tests.Devices;

/// <summary>Upstream: TestGetTopologyHints of devicemanager.</summary>
public sealed class DeviceHintsTests
{
    /// <summary>On machines of which most nodes have no devices every set of all nodes would be too many to look at.</summary>
    [Fact]
    public void Of_NodesWithoutDevices_AreNotLookedAt()
    {
        var hints = DeviceHints.Of(Table(("a", [0]), ("b", [35])), [], new HashSet<string> { "a", "b" }, 2);
        Assert.Equal([new TopologyHint(1UL | (1UL << 35), true)], hints);
    }

    [Fact]
    public void Of_DevicesThatNameNoNode_HaveNoPreference() =>
        Assert.Null(DeviceHints.Of(Table(("a", [])), [], new HashSet<string> { "a" }, 1));

    [Fact]
    public void Of_DevicesToTakeOver_AreInEveryHint()
    {
        var hints = DeviceHints.Of(Table(("a", [0]), ("b", [1])), ["a"], new HashSet<string> { "b" }, 1);
        Assert.Equal([new TopologyHint(0b01, true), new TopologyHint(0b11, false)], hints);
    }

    private static DeviceTable Table(params (string Id, long[] Nodes)[] devices) => new(
        null,
        devices.ToDictionary(d => d.Id, d => new Device { ID = d.Id, Health = "Healthy", Topology = new() { Nodes = { d.Nodes.Select(n => new NUMANode { ID = n }) } } }),
        null);
}
