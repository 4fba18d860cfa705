using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Tells proxies which endpoints are near, for Services that ask for it by trafficDistribution.</summary>
internal static class TopologyHints
{
    public static void Apply(Service service, IEnumerable<Endpoint> endpoints)
    {
        var near = service.Spec.TrafficDistribution;
        if (near is not ("PreferClose" or "PreferSameZone" or "PreferSameNode")) return;
        foreach (var endpoint in endpoints)
        {
            var hints = new EndpointHints();
            if (endpoint.Zone is { } zone) hints.ForZones = [new ForZone { Name = zone }];
            if (near == "PreferSameNode" && endpoint.NodeName is { } node) hints.ForNodes = [new ForNode { Name = node }];
            if (hints.ForZones is not null || hints.ForNodes is not null) endpoint.Hints = hints;
        }
    }
}
