using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.EndpointSlices;

namespace Sampan.ControllerManager.LegacyEndpoints;

/// <summary>
/// Groups addresses that have all ports in common, in a canonical order.
/// <code>
/// pod 10.1 → http 80, metrics 9000      subsets: [10.1, 10.2] × [http 80, metrics 9000]
/// pod 10.2 → http 80, metrics 9000               [10.3]       × [http 8080]
/// pod 10.3 → http 8080
/// </code>
/// </summary>
internal static class EndpointSubsets
{
    private const int MaxAddresses = 1000;

    /// <summary>Returns true when addresses had to be left out.</summary>
    public static bool Build(Service service, IEnumerable<Pod> pods, out List<EndpointSubset> subsets)
    {
        var family = service.Spec.IpFamilies is { Count: > 0 } families ? families[0] : "IPv4";
        var entries = pods.Where(p => IsListed(p, service))
            .Select(p => (Pod: p, Ip: ServiceEndpoints.AddressOf(p, family)))
            .Where(e => e.Ip is not null)
            .Select(e => (Address: AddressOf(e.Pod, e.Ip!, service), Ports: PortsOf(e.Pod, service), Ready: IsReady(e.Pod, service)))
            .Where(e => e.Ports.Count > 0 || service.Spec.Ports is null or { Count: 0 })
            .OrderBy(e => e.Address.Ip, StringComparer.Ordinal).ThenBy(e => e.Address.TargetRef!.Uid, StringComparer.Ordinal)
            .ToList();
        var kept = entries.OrderByDescending(e => e.Ready).Take(MaxAddresses).OrderBy(e => e.Address.Ip, StringComparer.Ordinal);
        subsets = kept.GroupBy(e => PortKey(e.Ports)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new EndpointSubset
        {
            Addresses = NullIfEmpty(g.Where(e => e.Ready).Select(e => e.Address)),
            NotReadyAddresses = NullIfEmpty(g.Where(e => !e.Ready).Select(e => e.Address)),
            Ports = NullIfEmpty(g.First().Ports),
        }).ToList();
        return entries.Count > MaxAddresses;
    }

    private static bool IsListed(Pod pod, Service service) =>
        !pod.IsTerminal() && (service.Spec.PublishNotReadyAddresses || pod.Metadata.DeletionTimestamp is null);

    private static bool IsReady(Pod pod, Service service) => service.Spec.PublishNotReadyAddresses || pod.IsReady();

    private static EndpointAddress AddressOf(Pod pod, string ip, Service service) => new()
    {
        Ip = ip,
        Hostname = ServiceEndpoints.HostnameOf(pod, service),
        NodeName = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : pod.Spec.NodeName,
        TargetRef = ServiceEndpoints.TargetOf(pod),
    };

    private static List<EndpointPort> PortsOf(Pod pod, Service service)
    {
        var ports = new List<EndpointPort>();
        foreach (var port in service.Spec.Ports.OrEmpty())
        {
            if (ServiceEndpoints.TargetPort(pod, port) is { } number)
                ports.Add(new() { Name = port.Name, Port = number, Protocol = port.Protocol ?? "TCP", AppProtocol = port.AppProtocol });
        }

        return [.. ports.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Port)];
    }

    private static string PortKey(List<EndpointPort> ports) => string.Join('|', ports.Select(p => $"{p.Name}/{p.Port}/{p.Protocol}/{p.AppProtocol}"));

    private static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
