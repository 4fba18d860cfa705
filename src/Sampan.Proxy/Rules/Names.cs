using System.Net;
using System.Security.Cryptography;
using System.Text;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Rules;

/// <summary>
/// Names in the tables. A node port has the same maps as an address, with a prefix and without the address in its keys. The name
/// of a chain tells its rules: other rules are another chain, so that packets on their way find what they began with.
/// </summary>
internal static class Names
{
    public const string Table = "sampan-proxy";
    public const string MarkMasquerade = "mark-masquerade";
    public const string Refuse = "refuse";
    public const string HairpinPods = "hairpin-pods";
    public const string ClusterIPs = "cluster-ips";
    public const string Firewalls = "firewalls";
    private const string NodePort = "nodeport-";

    /// <summary>Frontend → the chain that chooses an endpoint.</summary>
    public static string Services(bool nodePort) => nodePort ? NodePort + "services" : "services";

    /// <summary>Frontend and index → endpoint, a map per protocol.</summary>
    public static string Endpoints(bool nodePort, Protocol protocol) => $"{(nodePort ? NodePort : "")}endpoints-{protocol.Nft()}";

    /// <summary>Like <see cref="Services"/>, for traffic from the node and its pods to frontends with policy Local.</summary>
    public static string InsideServices(bool nodePort) => nodePort ? NodePort + "inside-services" : "inside-services";

    public static string InsideEndpoints(bool nodePort, Protocol protocol) =>
        $"{(nodePort ? NodePort : "")}inside-endpoints-{protocol.Nft()}";

    /// <summary>Frontends that no endpoint serves → reject or drop.</summary>
    public static string Refused(bool nodePort) => nodePort ? NodePort + "refused" : "refused";

    /// <summary>The same, but only for traffic from outside the node.</summary>
    public static string RefusedOutside(bool nodePort) => nodePort ? NodePort + "refused-outside" : "refused-outside";

    /// <summary>The chain that picks one of so many endpoints: <c>cluster-tcp-3</c>, <c>nodeport-external-udp-2</c>.</summary>
    public static string Choice(Traffic traffic, bool nodePort, Protocol protocol, int count) =>
        $"{(nodePort ? NodePort : "")}{Word(traffic)}-{protocol.Nft()}-{count}";

    public static string AffinityChain(Frontend frontend, Traffic traffic, IEnumerable<Target> endpoints, int seconds) =>
        $"affinity-{Word(traffic)}-{Hash($"{frontend.Key} {seconds} {string.Join(' ', endpoints)}")}";

    public static string AffinityEndpoint(Frontend frontend, string target, int seconds) =>
        $"affinity-{Hash($"{frontend.Key} {seconds} {target}")}";

    public static string Firewall(Frontend frontend, IEnumerable<IPNetwork> ranges) => $"firewall-{Hash($"{frontend.Key} {string.Join(' ', ranges)}")}";

    private static string Word(Traffic traffic) => traffic switch
    {
        Traffic.Cluster => "cluster",
        Traffic.External => "external",
        Traffic.Local => "local",
        _ => "inside",
    };

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
