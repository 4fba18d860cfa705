using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Networking.V1;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>Real packets of both IP families on one node: Services, node ports and policies.</summary>
public sealed class DualStackTests : IAsyncLifetime
{
    private const string ClusterIP = "10.96.0.9", ClusterIPv6 = "fd00:10:96::9";
    private TestNode _node = null!;
    private (NetworkNamespace Pod, IReadOnlyList<string> Addresses) _web, _client;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NetworkNamespace.Unavailable is not null, NetworkNamespace.Unavailable ?? "");
        Assert.SkipWhen(!File.Exists("/proc/net/if_inet6"), "the kernel has no IPv6");
        _node = new TestNode(dualStack: true);
        await _node.StartAsync();
        (_web, _client) = (_node.AddPodOfAll("web"), _node.AddPodOfAll("client"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [Fact]
    public async Task Service_OfBothFamilies_IsReachedOverEach()
    {
        Serve();
        await ReachedAsync(_client.Pod, ClusterIP, 80, _client.Addresses[0]);
        await ReachedAsync(_client.Pod, ClusterIPv6, 80, _client.Addresses[1]);
        await ReachedAsync(_web.Pod, ClusterIPv6, 80, "fd00:10:244::1");
        await ReachedAsync(_node.Node, ClusterIPv6, 80, "fd00:10:244::1");
        await ReachedAsync(_node.Outside, "fd00:50::1", 30080, "fd00:10:244::1");
        await ReachedAsync(_node.Outside, TestNode.NodeAddress, 30080, "10.244.0.1");
    }

    [Fact]
    public async Task Pod_ToTheWorld_IsMasqueradedInEachFamily()
    {
        _node.Serve("outside", _node.Outside, 9000);
        Assert.Equal($"outside {TestNode.NodeAddress}", await TestNode.ConnectAsync(_client.Pod, TestNode.OutsideAddress, 9000));
        Assert.Equal("outside fd00:50::1", await TestNode.ConnectAsync(_client.Pod, "fd00:50::2", 9000));
    }

    [Fact]
    public async Task Policy_DefaultDeny_CutsBothFamilies()
    {
        _node.Api.Set(new Namespace { Metadata = new() { Name = "default" } });
        foreach (var (name, pod) in new[] { ("web", _web), ("client", _client) }) _node.Api.Set(Running(name, pod.Addresses));
        await TestNode.UntilAsync(async () => (await TestNode.ConnectAsync(_client.Pod, _web.Addresses[1], 8080, 1)).StartsWith("web", StringComparison.Ordinal));
        _node.Api.Set(new NetworkPolicy
        {
            Metadata = new() { Namespace = "default", Name = "web" },
            Spec = new() { PodSelector = new() { MatchLabels = new() { ["app"] = "web" } }, PolicyTypes = ["Ingress"] },
        });
        foreach (string address in _web.Addresses)
        {
            await TestNode.UntilAsync(async () =>
            {
                try
                {
                    await TestNode.ConnectAsync(_client.Pod, address, 8080, 1);
                    return false;
                }
                catch (OperationCanceledException)
                {
                    return true;
                }
            });
            Assert.StartsWith("web", await TestNode.ConnectAsync(_node.Node, address, 8080));
        }
    }

    private static Task ReachedAsync(NetworkNamespace from, string address, int port, string seenAs) =>
        TestNode.UntilAsync(async () => await TestNode.ConnectAsync(from, address, port, 1) == $"web {seenAs}");

    private void Serve()
    {
        _node.Api.Set(Objects.Service("web", ClusterIP, change: s =>
        {
            (s.Spec.Type, s.Spec.ClusterIPs, s.Spec.IpFamilies) = ("NodePort", [ClusterIP, ClusterIPv6], ["IPv4", "IPv6"]);
            s.Spec.Ports![0].NodePort = 30080;
        }));
        foreach (var (family, address) in new[] { ("4", _web.Addresses[0]), ("6", _web.Addresses[1]) })
        {
            EndpointSlice slice = Objects.SliceOf("web", 8080, "TCP", Objects.Endpoint(address, node: "node"));
            slice.Metadata.Name = $"web-{family}";
            _node.Api.Set(slice);
        }
    }

    private static Pod Running(string name, IReadOnlyList<string> addresses) => new()
    {
        Metadata = new() { Namespace = "default", Name = name, Labels = new() { ["app"] = name } },
        Spec = new() { NodeName = "node", Containers = [new() { Name = "c" }] },
        Status = new() { Phase = "Running", PodIP = addresses[0], PodIPs = [.. addresses.Select(a => new PodIP { Ip = a })] },
    };
}
