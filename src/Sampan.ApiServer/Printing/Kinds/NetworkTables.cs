using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Networking.V1;
using static Sampan.ApiServer.Printing.Columns;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Services and what is behind and before them.</summary>
internal static class NetworkTables
{
    public static TableColumns Services { get; } = new TableColumns<Service>
    {
        Name<Service>(),
        Text<Service>("Type", "How the service is reached.", s => s.Spec.Type),
        Text<Service>("Cluster-IP", "The address inside the cluster.", s => s.Spec.ClusterIPs.OrEmpty().FirstOrDefault() ?? CellText.None),
        Text<Service>("External-IP", "The addresses outside the cluster.", ServiceText.ExternalIP),
        Text<Service>("Port(s)", "The ports, with node ports.", ServiceText.Ports),
        Age<Service>(),
        Text<Service>("Selector", "Which pods serve.", s => CellText.Labels(s.Spec.Selector)).Wide(),
    };

    public static TableColumns Endpoints { get; } = new TableColumns<Endpoints>
    {
        Name<Endpoints>(),
        Text<Endpoints>("Endpoints", "Addresses with ports.", ServiceText.Endpoints),
        Age<Endpoints>(),
    };

    public static TableColumns EndpointSlices { get; } = new TableColumns<EndpointSlice>
    {
        Name<EndpointSlice>(),
        Text<EndpointSlice>("AddressType", "The family of the addresses.", s => s.AddressType),
        Text<EndpointSlice>("Ports", "The ports of all endpoints.", s => CellText.Some([.. s.Ports.OrEmpty().Select(p => p.Port?.ToString() ?? p.Name ?? "*")])),
        Text<EndpointSlice>("Endpoints", "The addresses.", s => CellText.Some([.. s.Endpoints.OrEmpty().SelectMany(e => e.Addresses)])),
        Age<EndpointSlice>(),
    };

    public static TableColumns Ingresses { get; } = new TableColumns<Ingress>
    {
        Name<Ingress>(),
        Text<Ingress>("Class", "Which controller serves it.", i => i.Spec.IngressClassName ?? CellText.None),
        Text<Ingress>("Hosts", "The host names of the rules.", IngressText.Hosts),
        Text<Ingress>("Address", "Where it is served.", IngressText.Address),
        Text<Ingress>("Ports", "80, and 443 with TLS.", i => i.Spec.Tls.OrEmpty().Count > 0 ? "80, 443" : "80"),
        Age<Ingress>(),
    };

    public static TableColumns IngressClasses { get; } = new TableColumns<IngressClass>
    {
        Name<IngressClass>(),
        Text<IngressClass>("Controller", "Who serves ingresses of the class.", i => i.Spec.Controller),
        Text<IngressClass>("Parameters", "Further settings.", IngressText.Parameters),
        Age<IngressClass>(),
    };

    public static TableColumns NetworkPolicies { get; } = new TableColumns<NetworkPolicy>
    {
        Name<NetworkPolicy>(),
        Text<NetworkPolicy>("Pod-Selector", "Which pods it governs.", n => CellText.Selector(n.Spec.PodSelector ?? new())),
        Age<NetworkPolicy>(),
    };

    public static TableColumns ServiceCIDRs { get; } = new TableColumns<ServiceCIDR>
    {
        Name<ServiceCIDR>(),
        Text<ServiceCIDR>("CIDRs", "The ranges of service addresses.", s => string.Join(',', s.Spec.Cidrs.OrEmpty())),
        Age<ServiceCIDR>(),
    };

    public static TableColumns IPAddresses { get; } = new TableColumns<IPAddress>
    {
        Name<IPAddress>(),
        Text<IPAddress>("ParentRef", "What has the address.", IngressText.Parent),
    };
}
