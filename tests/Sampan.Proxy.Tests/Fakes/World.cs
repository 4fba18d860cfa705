using System.Net;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>Random Services and endpoints around one node, drawn from few addresses and ports so that they meet.</summary>
internal sealed class World(int seed, IPFamily family)
{
    private const int BitsBeforeV4 = 96;

    public CompileOptions Options => new()
    {
        NodeName = "node-a",
        Zone = "zone-1",
        NodeAddresses = [Node],
        PodCidrs = [Network("10.244.0.0", 16)],
        Families = [family],
    };

    /// <summary>Other settings of the proxy that verdicts depend on: the interface tells who is a pod, for one.</summary>
    public IReadOnlyList<CompileOptions> Settings =>
    [
        Options with { PodCidrs = [], PodInterface = "pods*" },
        Options with { MasqueradeAll = true },
        Options with { NodePortAddresses = [Network("192.168.1.0", 24)] },
        Options with { NodePortAddresses = [Network("192.168.9.0", 24)] },
    ];

    private IPAddress Node => In(family, "192.168.1.10");

    private IPAddress Outsider => In(family, "203.0.113.7");

    /// <summary>The pod of this node that sends packets.</summary>
    public static bool IsLocalPod(IPAddress address) => address.Equals(In(IPFamilies.Of(address), "10.244.0.200"));

    /// <summary>An address of the family: the IPv4 address itself, or the one that ends with it.</summary>
    private static IPAddress In(IPFamily family, string v4) => family == IPFamily.V4 ? IPAddress.Parse(v4) : IPAddress.Parse($"fd00::{v4}");

    private IPNetwork Network(string v4, int bits) => new(In(family, v4), family == IPFamily.V4 ? bits : BitsBeforeV4 + bits);

    private readonly Random _random = new(seed);

    public List<(ServicePortView Port, IReadOnlyList<EndpointView> Endpoints)> Service(int number)
    {
        var key = new ServiceKey("default", $"svc-{number:d2}");
        var clusterIP = In(family, $"10.96.0.{number + 1}");
        bool external = Chance(2);
        var template = new ServicePortView(key, "", Protocol.Tcp, 80, clusterIP)
        {
            InternalLocal = Chance(4),
            ExternalLocal = external && Chance(2),
            AffinitySeconds = Chance(5) ? 600 : null,
            ExternalIPs = external && Chance(2) ? [In(family, $"198.51.100.{_random.Next(1, 5)}")] : [],
            LoadBalancerIPs = external && Chance(2) ? [In(family, $"198.51.100.{100 + number}")] : [],
            SourceRanges = Chance(2) ? [Network("203.0.113.0", 28), Network("10.244.0.0", 24)] : [],
        };
        var ports = new List<(ServicePortView, IReadOnlyList<EndpointView>)>();
        for (int i = 0; i < _random.Next(1, 3); i++)
        {
            var port = template with
            {
                PortName = $"p{i}",
                Port = 80 + i,
                Protocol = (Protocol)_random.Next(3),
                NodePort = external && Chance(2) ? 30000 + (number * 10) + i : 0,
            };
            ports.Add((port, Endpoints(number)));
        }

        return ports;
    }

    public IEnumerable<Packet> Packets(IEnumerable<ServicePortView> ports)
    {
        var loopback = family == IPFamily.V4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        foreach (var port in ports)
        {
            IPAddress[] destinations = [port.ClusterIP, .. port.ExternalIPs, .. port.LoadBalancerIPs];
            foreach (var destination in destinations)
            {
                foreach (var packet in From(destination, port.Protocol, port.Port)) yield return packet;
                yield return new Packet(Outsider, destination, port.Protocol, 9);
            }

            int nodePort = port.NodePort == 0 ? 30999 : port.NodePort;
            foreach (var packet in From(Node, port.Protocol, nodePort)) yield return packet;
            yield return new Packet(loopback, loopback, port.Protocol, nodePort) { FromNode = true };
        }
    }

    private IEnumerable<Packet> From(IPAddress destination, Protocol protocol, int port) =>
    [
        new(Outsider, destination, protocol, port),
        new(In(family, "198.18.0.1"), destination, protocol, port),
        new(In(family, "10.244.0.200"), destination, protocol, port),
        new(Node, destination, protocol, port) { FromNode = true },
    ];

    private List<EndpointView> Endpoints(int number)
    {
        var endpoints = new List<EndpointView>();
        bool hinted = Chance(3);
        int count = Chance(5) ? 0 : _random.Next(1, 6);
        for (int i = 0; i < count; i++)
        {
            bool local = Chance(3), terminating = Chance(4), ready = !terminating && Chance(1.5);
            var target = new Target(In(family, $"10.244.{(local ? 0 : 1)}.{(number * 8) + i + 1}"), 8080 + _random.Next(2));
            endpoints.Add(new EndpointView(target, ready, ready || Chance(2), terminating, local)
            {
                ZoneHints = hinted ? [Chance(2) ? "zone-1" : "zone-2"] : [],
                NodeHints = hinted && Chance(2) ? [Chance(2) ? "node-a" : "node-b"] : [],
            });
        }

        return endpoints;
    }

    private bool Chance(double oneIn) => _random.NextDouble() < 1 / oneIn;
}
