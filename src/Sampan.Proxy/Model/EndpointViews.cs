using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Discovery.V1;

namespace Sampan.Proxy.Model;

/// <summary>Reads the EndpointSlices of one Service.</summary>
internal static class EndpointViews
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary>
    /// The endpoints of one port of the Service. An address that is in several slices, as happens while slices are rebalanced,
    /// counts once, as the one that says more of it: that it does not terminate, then that it is ready.
    /// </summary>
    public static IReadOnlyList<EndpointView> Of(ServicePortView port, IEnumerable<EndpointSlice> slices, string nodeName)
    {
        var found = new Dictionary<Target, EndpointView>();
        foreach (var slice in slices)
        {
            if (slice.AddressType != port.Family.SliceType()) continue;
            var match = slice.Ports.OrEmpty().FirstOrDefault(p => Matches(p, port));
            if (match?.Port is not { } number) continue;
            foreach (var endpoint in slice.Endpoints.OrEmpty())
            {
                if (View(endpoint, number, nodeName) is { } view) Merge(found, view);
            }
        }

        return [.. found.Values];
    }

    private static bool Matches(EndpointPort candidate, ServicePortView port) =>
        (candidate.Name ?? "") == port.PortName && ProtocolNames.Parse(candidate.Protocol) == port.Protocol;

    private static EndpointView? View(Endpoint endpoint, int port, string nodeName)
    {
        if (endpoint.Addresses is not [var first, ..] || AddressText.Parse(first) is not { } address) return null;
        var conditions = endpoint.Conditions;
        bool ready = conditions?.Ready ?? true;
        return new EndpointView(
            new Target(address, port),
            ready,
            conditions?.Serving ?? true,
            conditions?.Terminating ?? false,
            endpoint.NodeName is { Length: > 0 } node && node == nodeName)
        {
            NodeHints = [.. endpoint.Hints?.ForNodes.OrEmpty().Select(n => n.Name) ?? []],
            ZoneHints = [.. endpoint.Hints?.ForZones.OrEmpty().Select(z => z.Name) ?? []],
        };
    }

    private static void Merge(Dictionary<Target, EndpointView> found, EndpointView view)
    {
        if (found.TryGetValue(view.Target, out var known) && Rank(known) >= Rank(view))
            view = known with { Local = known.Local || view.Local };
        found[view.Target] = view;
    }

    private static int Rank(EndpointView view) => (view.Terminating ? 0 : 2) + (view.Ready ? 1 : 0);
}
