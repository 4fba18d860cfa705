using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Network.Routes;

namespace Sampan.Network.Tests.Routes;

public sealed class RouteSyncTests
{
    private static readonly NodePeer Self = new("10.244.1.0/24", "192.168.60.11");
    private static readonly NodePeer Near = new("10.244.2.0/24", "192.168.60.12");
    private static readonly NodePeer Far = new("10.244.3.0/24", "192.168.61.13");
    private readonly FakeHost _host = new();
    private readonly RouteSync _sync;

    public RouteSyncTests() => _sync = new RouteSync(_host, "sampan-vxlan", NullLogger.Instance);

    [Fact]
    public async Task Sync_NodesOnTheLink_NeedNoTunnel()
    {
        await _sync.SyncAsync(Self, [Near], default);
        Assert.Equal("192.168.60.12 eth0", Assert.Single(_host.Routes).Value);
        Assert.DoesNotContain(_host.Commands, c => c.Contains("vxlan"));
    }

    [Fact]
    public async Task Sync_NodeBehindARouter_IsReachedThroughTheTunnel()
    {
        await _sync.SyncAsync(Self, [Near, Far], default);
        Assert.Equal("10.244.3.0 sampan-vxlan", _host.Routes["10.244.3.0/24"]);
        Assert.Contains(_host.Commands, c => c.StartsWith("ip link add sampan-vxlan type vxlan"));
        Assert.Contains(_host.Commands, c => c.StartsWith("ip link set sampan-vxlan mtu 1450 "));
        Assert.Contains("bridge fdb replace 0a:59:0a:f4:03:00 dev sampan-vxlan dst 192.168.61.13", _host.Commands);
    }

    [Fact]
    public async Task Sync_IPv6OnTheLink_NeedsNoTunnel()
    {
        await _sync.SyncAsync(Self, [Near with { PodCidrV6 = "fd00:2::/64", AddressV6 = "fd60::12" }], default);
        Assert.Equal("fd60::12 eth0", _host.Routes["fd00:2::/64"]);
        Assert.DoesNotContain(_host.Commands, c => c.Contains("vxlan"));
    }

    [Fact]
    public async Task Sync_NodeWithoutAnIPv6Address_SendsItsIPv6PodsThroughTheTunnel()
    {
        await _sync.SyncAsync(Self, [Near with { PodCidrV6 = "fd00:2::/64" }], default);
        Assert.Equal("192.168.60.12 eth0", _host.Routes["10.244.2.0/24"]);
        Assert.Equal("fe80::859:aff:fef4:200 sampan-vxlan", _host.Routes["fd00:2::/64"]);
        Assert.Contains("ip neigh replace fe80::859:aff:fef4:200 lladdr 0a:59:0a:f4:02:00 dev sampan-vxlan nud permanent", _host.Commands);
    }

    [Fact]
    public async Task Sync_NothingChanged_ChangesNothing()
    {
        await _sync.SyncAsync(Self, [Near], default);
        _host.Commands.Clear();
        await _sync.SyncAsync(Self, [Near], default);
        Assert.All(_host.Commands, c => Assert.Matches("^ip -[46] -j route", c));
    }

    [Fact]
    public async Task Sync_NodeGone_TakesItsRouteAway()
    {
        await _sync.SyncAsync(Self, [Near, Far], default);
        await _sync.SyncAsync(Self, [Far], default);
        Assert.Equal("10.244.3.0/24", Assert.Single(_host.Routes).Key);
        await _sync.RemoveAsync(default);
        Assert.Empty(_host.Routes);
        Assert.Contains("ip link delete sampan-vxlan", _host.Commands);
    }

    [Fact]
    public async Task Sync_NodeThatCannotBeReached_DoesNotHoldUpOthers()
    {
        await _sync.SyncAsync(Self, [new NodePeer("10.244.9.0/24", "10.9.9.9"), Near], default);
        Assert.Equal("10.244.2.0/24", Assert.Single(_host.Routes).Key);
    }
}
