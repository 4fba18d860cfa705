using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>Cells of services and endpoints.</summary>
internal static class ServiceText
{
    private const int ShownEndpoints = 3;

    public static string ExternalIP(Service service)
    {
        IReadOnlyList<string> external = service.Spec.ExternalIPs.OrEmpty();
        return service.Spec.Type switch
        {
            "ClusterIP" or "NodePort" => CellText.OrNone(string.Join(',', external)),
            "LoadBalancer" => string.Join(',', LoadBalancerAddresses(service).Concat(external)) is { Length: > 0 } text ? text : "<pending>",
            "ExternalName" => service.Spec.ExternalName ?? "",
            _ => CellText.Unknown,
        };
    }

    public static string Ports(Service service) => CellText.OrNone(string.Join(',', service.Spec.Ports.OrEmpty().Select(port =>
        port.NodePort > 0 ? $"{port.Port}:{port.NodePort}/{port.Protocol}" : $"{port.Port}/{port.Protocol}")));

    public static string Endpoints(Endpoints endpoints)
    {
        List<string> addresses = [];
        foreach (EndpointSubset subset in endpoints.Subsets.OrEmpty())
        {
            IEnumerable<string> ips = subset.Addresses.OrEmpty().Select(address => address.Ip);
            addresses.AddRange(subset.Ports.OrEmpty().Count == 0
                ? ips
                : subset.Ports.OrEmpty().SelectMany(port => ips.Select(ip => $"{Bracket(ip)}:{port.Port}")));
        }

        if (endpoints.Subsets.OrEmpty().Count == 0)
        {
            return CellText.None;
        }

        string shown = string.Join(',', addresses.Take(ShownEndpoints));
        return addresses.Count > ShownEndpoints ? $"{shown} + {addresses.Count - ShownEndpoints} more..." : shown;
    }

    private static IEnumerable<string> LoadBalancerAddresses(Service service) =>
        (service.Status?.LoadBalancer?.Ingress).OrEmpty()
            .Select(ingress => string.IsNullOrEmpty(ingress.Ip) ? ingress.Hostname ?? "" : ingress.Ip)
            .Where(address => address.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static string Bracket(string ip) => ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip;
}
