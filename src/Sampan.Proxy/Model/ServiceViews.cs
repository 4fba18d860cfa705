using System.Collections.Immutable;
using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Proxy.Model;

/// <summary>Reads Services: one view per port and IP family.</summary>
internal static class ServiceViews
{
    private const string ProxyNameLabel = "service.kubernetes.io/service-proxy-name";
    private const int DefaultAffinitySeconds = 10800;

    /// <summary>False for Services without a cluster IP and for those that another proxy takes care of.</summary>
    public static bool IsProxied(Service service) =>
        service.Spec is { } spec
        && spec.Type != "ExternalName"
        && AddressText.Parse(spec.ClusterIP) is not null
        && !service.Metadata.Labels.OrEmpty().ContainsKey(ProxyNameLabel);

    public static IEnumerable<ServicePortView> Of(Service service, IPFamily family)
    {
        var spec = service.Spec!;
        var clusterIP = Addresses(spec.ClusterIPs.OrEmpty().Append(spec.ClusterIP), family).FirstOrDefault();
        if (clusterIP is null) yield break;
        var key = new ServiceKey(service.Metadata.Namespace, service.Metadata.Name);
        foreach (var port in spec.Ports.OrEmpty())
        {
            yield return new ServicePortView(key, port.Name ?? "", ProtocolNames.Parse(port.Protocol), port.Port, clusterIP)
            {
                NodePort = spec.Type is "NodePort" or "LoadBalancer" ? port.NodePort : 0,
                ExternalIPs = Addresses(spec.ExternalIPs.OrEmpty(), family),
                LoadBalancerIPs = Addresses(LoadBalancerIPs(service), family),
                SourceRanges = Ranges(spec, family),
                InternalLocal = spec.InternalTrafficPolicy == "Local",
                ExternalLocal = spec.ExternalTrafficPolicy == "Local",
                HealthCheckNodePort = spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" } ? spec.HealthCheckNodePort : 0,
                AffinitySeconds = spec.SessionAffinity == "ClientIP"
                    ? spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds ?? DefaultAffinitySeconds
                    : null,
            };
        }
    }

    private static IEnumerable<string?> LoadBalancerIPs(Service service) =>
        service.Spec!.Type != "LoadBalancer" ? [] : service.Status?.LoadBalancer?.Ingress.OrEmpty()
            .Where(i => i.IpMode is null or "" or "VIP").Select(i => i.Ip) ?? [];

    private static ImmutableArray<IPNetwork> Ranges(ServiceSpec spec, IPFamily family) =>
        [.. spec.LoadBalancerSourceRanges.OrEmpty().Select(Cidr.Parse).OfType<IPNetwork>()
            .Where(r => IPFamilies.Of(r.BaseAddress) == family).Distinct()];

    private static ImmutableArray<IPAddress> Addresses(IEnumerable<string?> texts, IPFamily family) =>
        [.. texts.Select(AddressText.Parse).OfType<IPAddress>()
            .Where(a => IPFamilies.Of(a) == family).Distinct()];
}
