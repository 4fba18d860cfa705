using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;
using Endpoint = Sampan.Api.Discovery.V1.Endpoint;
using IPAddress = System.Net.IPAddress;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>
/// Random Services and EndpointSlices of both IP families around one node, drawn from few addresses and ports so that they meet:
/// all types, policies, affinity, source ranges, external addresses, hints, endpoints that come and go.
/// </summary>
internal sealed class World(int seed)
{
    private const int BitsBeforeV4 = 96;
    private static readonly IPFamily[] Both = [IPFamily.V4, IPFamily.V6];
    private readonly Random _random = new(seed);

    public static CompileOptions Options => new()
    {
        NodeName = "node-a",
        Zone = "zone-1",
        NodeAddresses = [.. Both.Select(Node)],
        PodCidrs = [.. Both.Select(f => Network(f, "10.244.0.0", 16))],
        Families = [.. Both],
    };

    /// <summary>Other settings of the proxy that verdicts depend on: the interface tells who is a pod, for one.</summary>
    public static IReadOnlyList<CompileOptions> Settings =>
    [
        Options with { PodCidrs = [], PodInterface = "pods*" },
        Options with { MasqueradeAll = true },
        Options with { NodePortAddresses = [.. Both.Select(f => Network(f, "192.168.1.0", 24))] },
        Options with { NodePortAddresses = [Network(IPFamily.V4, "192.168.9.0", 24)] },
    ];

    /// <summary>The pod of this node that sends packets.</summary>
    public static bool IsLocalPod(IPAddress address) => address.Equals(In(IPFamilies.Of(address), "10.244.0.200"));

    public Offer Service(int number)
    {
        var service = NewService(number);
        return new Offer(service, Slices(number, service));
    }

    /// <summary>The same Service with other endpoints.</summary>
    public Offer WithOtherEndpoints(int number, Offer offer) => offer with { Slices = Slices(number, offer.Service) };

    public static IEnumerable<Packet> Packets(Offer offer)
    {
        var spec = offer.Service.Spec;
        var addresses = spec.ClusterIPs.OrEmpty().Concat(spec.ExternalIPs.OrEmpty()).Append("198.18.9.9")
            .Concat(offer.Service.Status?.LoadBalancer?.Ingress?.Select(i => i.Ip) ?? []).Select(a => IPAddress.TryParse(a, out var ip) ? ip : null).OfType<IPAddress>().ToList();
        foreach (var port in spec.Ports!)
        {
            var protocol = ProtocolNames.Parse(port.Protocol);
            foreach (var destination in addresses)
            {
                foreach (var packet in From(destination, protocol, port.Port)) yield return packet;
                yield return new Packet(In(IPFamilies.Of(destination), "203.0.113.7"), destination, protocol, 9);
            }

            foreach (var family in Both)
            {
                int nodePort = port.NodePort == 0 ? 30999 : port.NodePort;
                foreach (var packet in From(Node(family), protocol, nodePort)) yield return packet;
                var loopback = family == IPFamily.V4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
                yield return new Packet(loopback, loopback, protocol, nodePort) { FromNode = true };
            }
        }
    }

    private static IPAddress Node(IPFamily family) => In(family, "192.168.1.10");

    /// <summary>An address of the family: the IPv4 address itself, or the one that ends with it.</summary>
    private static IPAddress In(IPFamily family, string v4) => family == IPFamily.V4 ? IPAddress.Parse(v4) : IPAddress.Parse($"fd00::{v4}");

    private static IPNetwork Network(IPFamily family, string v4, int bits) => new(In(family, v4), family == IPFamily.V4 ? bits : BitsBeforeV4 + bits);

    private static IEnumerable<Packet> From(IPAddress destination, Protocol protocol, int port)
    {
        var family = IPFamilies.Of(destination);
        return
        [
            new(In(family, "203.0.113.7"), destination, protocol, port),
            new(In(family, "198.18.0.1"), destination, protocol, port),
            new(In(family, "10.244.0.200"), destination, protocol, port),
            new(Node(family), destination, protocol, port) { FromNode = true },
        ];
    }

    private Service NewService(int number)
    {
        string type = Pick("ClusterIP", "ClusterIP", "NodePort", "LoadBalancer");
        IPFamily[] families = Pick<IPFamily[]>([IPFamily.V4], [IPFamily.V6], [IPFamily.V4, IPFamily.V6], [IPFamily.V6, IPFamily.V4]);
        var service = new Service
        {
            Metadata = new() { Namespace = "default", Name = $"svc-{number:d2}" },
            Spec = new()
            {
                Type = type,
                ClusterIPs = [.. families.Select(f => $"{In(f, $"10.96.0.{number + 1}")}")],
                ExternalIPs = Chance(3) ? [.. Both.Select(f => $"{In(f, $"198.51.100.{_random.Next(1, 5)}")}")] : null,
                InternalTrafficPolicy = Pick("Cluster", "Cluster", "Local", null!),
                ExternalTrafficPolicy = Pick("Cluster", "Local"),
                SessionAffinity = Chance(4) ? "ClientIP" : "None",
                LoadBalancerSourceRanges = Chance(2) ? SourceRanges() : null,
                Ports = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(i => Port(number, i, type))],
            },
        };
        service.Spec.ClusterIP = service.Spec.ClusterIPs[0];
        if (service.Spec.SessionAffinity == "ClientIP" && Chance(2)) service.Spec.SessionAffinityConfig = new() { ClientIP = new() { TimeoutSeconds = 600 } };
        if (type == "LoadBalancer") service.Status = new() { LoadBalancer = new() { Ingress = [.. Both.Select(f => Ingress(f, number))] } };
        MakeOdd(service);
        return service;
    }

    /// <summary>Some are none of the proxy's business.</summary>
    private void MakeOdd(Service service)
    {
        if (Chance(15)) (service.Spec.ClusterIP, service.Spec.ClusterIPs) = ("None", ["None"]);
        if (Chance(15)) service.Metadata.Labels = new() { ["service.kubernetes.io/service-proxy-name"] = "theirs" };
        if (Chance(15)) (service.Spec.Type, service.Spec.ClusterIP, service.Spec.ClusterIPs) = ("ExternalName", "", null);
    }

    private ServicePort Port(int number, int i, string type) => new()
    {
        Name = $"p{i}", Port = 80 + i, Protocol = Pick("TCP", "UDP", "SCTP"),
        NodePort = type == "ClusterIP" || Chance(4) ? 0 : 30000 + (number * 10) + i,
    };

    private LoadBalancerIngress Ingress(IPFamily family, int number) =>
        new() { Ip = $"{In(family, $"198.51.100.{100 + number}")}", IpMode = Pick("VIP", "VIP", null!, "Proxy") };

    private List<string> SourceRanges() =>
        [.. Both.Where(_ => !Chance(4)).SelectMany(f => new[] { Network(f, "203.0.113.0", 28), Network(f, "10.244.0.0", 24) }).Select(n => $" {n}")];

    private List<EndpointSlice> Slices(int number, Service service)
    {
        int most = Chance(5) ? 0 : _random.Next(1, 6);
        bool hinted = Chance(3), nodeHinted = hinted && Chance(2);
        var slices = new List<EndpointSlice>();
        foreach (var family in Both)
        {
            // Two slices hold endpoints of different port numbers, and the same one now and then.
            for (int s = 0; s < 2; s++)
            {
                slices.Add(new EndpointSlice
                {
                    Metadata = new() { Namespace = "default", Name = $"{service.Metadata.Name}-{family}-{s}", Labels = new() { [EndpointViews.ServiceNameLabel] = service.Metadata.Name } },
                    AddressType = family.SliceType(),
                    Ports = [.. service.Spec.Ports!.Where(_ => !Chance(10)).Select(p => new Api.Discovery.V1.EndpointPort { Name = p.Name, Protocol = p.Protocol, Port = 8080 + (Chance(3) ? 0 : s) })],
                    Endpoints = [.. Enumerable.Range(0, _random.Next(most + 1)).Select(i => NewEndpoint(family, number, i, hinted, nodeHinted))],
                });
            }
        }

        return slices;
    }

    private Endpoint NewEndpoint(IPFamily family, int number, int i, bool hinted, bool nodeHinted)
    {
        bool terminating = Chance(4), ready = !terminating && Chance(1.5), local = i % 3 == 0;
        return new Endpoint
        {
            Addresses = [$"{In(family, $"10.244.{(local ? 0 : 1)}.{(number * 8) + i + 1}")}"],
            NodeName = local ? "node-a" : Pick("node-b", "node-c", null!),
            Conditions = Chance(12) ? null! : new() { Ready = ready, Serving = ready || Chance(2), Terminating = terminating },
            Hints = !hinted || Chance(20) ? null : new()
            {
                ForZones = Chance(10) ? null : [new() { Name = Pick("zone-1", "zone-2") }],
                ForNodes = nodeHinted ? [new() { Name = Pick("node-a", "node-b") }] : null,
            },
        };
    }

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private bool Chance(double oneIn) => _random.NextDouble() < 1 / oneIn;
}
