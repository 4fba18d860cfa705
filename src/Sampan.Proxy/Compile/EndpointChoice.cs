using System.Collections.Immutable;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Compile;

/// <summary>
/// The endpoints that the traffic policies of one Service port may use. Ready endpoints come first; where there are none,
/// endpoints that terminate but still serve take over. Upstream: pkg/proxy/topology.go.
/// </summary>
internal sealed record EndpointChoice(ImmutableArray<Target> Cluster, ImmutableArray<Target> Local, bool Any)
{
    /// <summary>For UDP: who serves, wherever it is.</summary>
    public ImmutableArray<Target> Serving { get; private init; } = [];

    public static EndpointChoice Of(ServicePortView port, IReadOnlyList<EndpointView> endpoints, CompileOptions node)
    {
        // An external policy Local still needs the cluster's endpoints for traffic from the node and its pods.
        bool usesCluster = !port.InternalLocal || port.ExternallyAccessible;
        bool usesLocal = port.InternalLocal || (port.ExternalLocal && port.ExternallyAccessible);
        var cluster = usesCluster ? Preferred(InTopology(endpoints, node)) : [];
        if (usesCluster && cluster.IsEmpty) cluster = Preferred(endpoints);
        var local = usesLocal ? Preferred([.. endpoints.Where(e => e.Local)]) : [];
        bool any = endpoints.Any(e => e.Ready || Fallback(e));
        return new EndpointChoice(cluster, local, any)
        {
            Serving = port.Protocol == Protocol.Udp ? Targets(endpoints.Where(e => e.Ready || e.Serving)) : [],
        };
    }

    private static ImmutableArray<Target> Preferred(IReadOnlyList<EndpointView> endpoints)
    {
        var ready = Targets(endpoints.Where(e => e.Ready));
        return ready.IsEmpty ? Targets(endpoints.Where(Fallback)) : ready;
    }

    private static bool Fallback(EndpointView endpoint) => endpoint is { Serving: true, Terminating: true };

    private static ImmutableArray<Target> Targets(IEnumerable<EndpointView> endpoints) =>
        [.. endpoints.Select(e => e.Target).Distinct().Order()];

    /// <summary>
    /// Keeps the ready endpoints that the hints mean for this node, else for its zone. A hint counts only when every ready
    /// endpoint carries one and some endpoint is left, so that a half-written set of slices sends nobody into the void.
    /// </summary>
    private static List<EndpointView> InTopology(IReadOnlyList<EndpointView> endpoints, CompileOptions node)
    {
        var ready = endpoints.Where(e => e.Ready).ToList();
        return Hinted(ready, e => e.NodeHints, node.NodeName) ?? Hinted(ready, e => e.ZoneHints, node.Zone) ?? ready;
    }

    private static List<EndpointView>? Hinted(
        List<EndpointView> ready, Func<EndpointView, ImmutableArray<string>> hints, string? wanted)
    {
        if (string.IsNullOrEmpty(wanted) || ready.Exists(e => hints(e).IsEmpty)) return null;
        var chosen = ready.FindAll(e => hints(e).Contains(wanted));
        return chosen.Count == 0 ? null : chosen;
    }
}
