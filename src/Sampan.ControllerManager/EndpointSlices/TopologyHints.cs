using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>
/// Tells proxies which endpoints to prefer, for Services that ask for it: by topology-mode Auto, which keeps traffic in its zone as
/// far as no endpoint is overloaded, or by trafficDistribution, which always prefers what is near.
/// </summary>
internal sealed class TopologyHints(EventRecorder events)
{
    private const string Mode = "service.kubernetes.io/topology-mode";
    private const string DeprecatedMode = "service.kubernetes.io/topology-aware-hints";
    private const string Disabled = "TopologyAwareHintsDisabled";

    /// <summary>The Services and families that Auto gave hints to.</summary>
    private readonly ConcurrentDictionary<(ObjectKey Service, string Family), bool> _balanced = [];

    public static bool IsAuto(Service service)
    {
        var annotations = service.Metadata.Annotations;
        return (annotations?.GetValueOrDefault(DeprecatedMode) ?? annotations?.GetValueOrDefault(Mode)) is "Auto" or "auto";
    }

    /// <param name="shares">Asked for by Auto only.</param>
    /// <param name="knownZone">The zone that a stored slice gives an endpoint to.</param>
    public void Apply(
        Service service, string family, List<Endpoint> endpoints, Func<IReadOnlyDictionary<string, double>?> shares, Func<Endpoint, string?> knownZone)
    {
        if (IsAuto(service)) Balance(service, family, endpoints, shares(), knownZone);
        else
        {
            if (_balanced.TryRemove((KeyOf(service), family), out _)) Say(service, "Warning", Disabled, "Topology Aware Hints has been disabled", family);
            PreferNear(service, endpoints);
        }
    }

    /// <summary>Forgets a Service that is gone.</summary>
    public void Forget(ObjectKey service)
    {
        foreach (var family in (string[])["IPv4", "IPv6"]) _balanced.TryRemove((service, family), out _);
    }

    private void Balance(
        Service service, string family, List<Endpoint> endpoints, IReadOnlyDictionary<string, double>? shares, Func<Endpoint, string?> knownZone)
    {
        var ready = endpoints.FindAll(e => e.Conditions.Ready == true);
        var (zones, problem) = ZoneAllocation.Of(shares, ready.Count);
        if (problem is null && ready.Exists(e => string.IsNullOrEmpty(e.Zone))) problem = "One or more endpoints do not have a zone specified";
        if (problem is not null)
        {
            _balanced.TryRemove((KeyOf(service), family), out _);
            Say(service, "Warning", Disabled, problem, family);
            return;
        }

        new ZoneBalance(zones).Assign(ready, knownZone);
        if (_balanced.TryAdd((KeyOf(service), family), true)) Say(service, "Normal", "TopologyAwareHintsEnabled", "Topology Aware Hints has been enabled", family);
    }

    private static void PreferNear(Service service, List<Endpoint> endpoints)
    {
        var near = service.Spec.TrafficDistribution;
        if (near is not ("PreferClose" or "PreferSameZone" or "PreferSameNode")) return;
        foreach (var endpoint in endpoints.Where(e => e.Conditions.Ready == true))
        {
            var hints = new EndpointHints();
            if (endpoint.Zone is { } zone) hints.ForZones = [new ForZone { Name = zone }];
            if (near == "PreferSameNode" && endpoint.NodeName is { } node) hints.ForNodes = [new ForNode { Name = node }];
            if (hints.ForZones is not null || hints.ForNodes is not null) endpoint.Hints = hints;
        }
    }

    private static ObjectKey KeyOf(Service service) => new(service.Metadata.Namespace, service.Metadata.Name);

    private void Say(Service service, string type, string reason, string message, string family) =>
        events.Event(service, type, reason, $"{message}, addressType: {family}");
}
