using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.EndpointSlices;

namespace Sampan.ControllerManager.LegacyEndpoints;

/// <summary>A pod as an address of a Service, with the numbers of its ports.</summary>
internal sealed record EndpointEntry(EndpointAddress Address, string PortKey, List<EndpointPort> Ports, bool IsReady) : IComparable<EndpointEntry>
{
    /// <summary>Null when the pod is not listed.</summary>
    public static EndpointEntry? Of(Pod pod, Service service)
    {
        if (pod.IsTerminal() || (!service.Spec.PublishNotReadyAddresses && pod.Metadata.DeletionTimestamp is not null)) return null;
        if (ServiceEndpoints.AddressOf(pod, ServiceEndpoints.FamiliesOf(service)[0]) is not { } ip) return null;
        var ports = PortsOf(pod, service);
        if (ports.Count == 0 && (service.Spec.Ports is { Count: > 0 } || service.Spec.ClusterIP != "None")) return null;
        var address = new EndpointAddress
        {
            Ip = ip,
            Hostname = ServiceEndpoints.HostnameOf(pod, service),
            NodeName = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : pod.Spec.NodeName,
            TargetRef = ServiceEndpoints.TargetOf(pod),
        };
        return new(address, KeyOf(ports), ports, service.Spec.PublishNotReadyAddresses || pod.IsReady());
    }

    public int CompareTo(EndpointEntry? other)
    {
        if (other is null) return 1;
        var byAddress = string.CompareOrdinal(Address.Ip, other.Address.Ip);
        return byAddress != 0 ? byAddress : string.CompareOrdinal(Address.TargetRef!.Uid, other.Address.TargetRef!.Uid);
    }

    public static string KeyOf(EndpointPort port) => $"{port.Name}/{port.Port}/{port.Protocol}/{port.AppProtocol}";

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

    private static string KeyOf(List<EndpointPort> ports) => string.Join('|', ports.Select(KeyOf));
}
