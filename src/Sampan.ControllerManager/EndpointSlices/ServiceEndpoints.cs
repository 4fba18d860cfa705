using System.Net;
using System.Net.Sockets;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ControllerManager.Common;
using EndpointPort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Turns a Service's pods into endpoints, grouped by the ports that its target ports mean in each pod.</summary>
internal static class ServiceEndpoints
{
    /// <summary>None when no pod is listed.</summary>
    public static List<SliceGroup> GroupsOf(Service service, IEnumerable<Pod> pods, string family, Func<string?, string?> zoneOf)
    {
        var groups = new Dictionary<string, SliceGroup>();
        SliceGroup? group = null;
        foreach (var pod in pods)
        {
            if (IsOver(pod) || AddressOf(pod, family) is not { } address) continue;
            var ports = PortsOf(service, pod);
            // Most pods have the ports of the one before them.
            if (group is null || !group.HasPorts(ports))
            {
                group = new SliceGroup(family, ports, []);
                if (!groups.TryAdd(group.Key, group)) group = groups[group.Key];
            }

            group.Endpoints.Add(EndpointOf(service, pod, address, zoneOf(pod.Spec.NodeName)));
        }

        return [.. groups.Values];
    }

    /// <summary>Those that the Service has, IPv4 unless it says otherwise.</summary>
    public static IReadOnlyList<string> FamiliesOf(Service service) => service.Spec.IpFamilies is { Count: > 0 } families ? families : ["IPv4"];

    /// <summary>It has no address any more, or none yet.</summary>
    public static bool IsOver(Pod pod) => pod.IsTerminal() || (pod.Status.PodIPs is null or { Count: 0 } && string.IsNullOrEmpty(pod.Status.PodIP));

    public static string? AddressOf(Pod pod, string family)
    {
        var addresses = pod.Status.PodIPs is { Count: > 0 } all ? all.Select(i => i.Ip) : [pod.Status.PodIP ?? ""];
        return addresses.FirstOrDefault(a => !string.IsNullOrEmpty(a) && FamilyOf(a) == family);
    }

    public static string FamilyOf(string address) =>
        IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    /// <summary>The number that a Service's target port has in a pod; null when the pod has no port of that name.</summary>
    public static int? TargetPort(Pod pod, ServicePort port)
    {
        if (!port.TargetPort.IsString) return port.TargetPort.IntValue != 0 ? port.TargetPort.IntValue : port.Port;
        var sidecars = pod.Spec.InitContainers.OrEmpty().Where(c => c.RestartPolicy == "Always");
        return pod.Spec.Containers.Concat(sidecars).SelectMany(c => c.Ports.OrEmpty())
            .FirstOrDefault(p => p.Name == port.TargetPort.StringValue && (p.Protocol ?? "TCP") == (port.Protocol ?? "TCP"))?.ContainerPortValue;
    }

    /// <summary>Pods whose name a headless Service publishes: those that name it as their subdomain.</summary>
    public static string? HostnameOf(Pod pod, Service service) =>
        !string.IsNullOrEmpty(pod.Spec.Hostname) && pod.Spec.Subdomain == service.Metadata.Name ? pod.Spec.Hostname : null;

    public static ObjectReference TargetOf(Pod pod) =>
        new() { Kind = "Pod", Namespace = pod.Metadata.Namespace, Name = pod.Metadata.Name, Uid = pod.Metadata.Uid };

    private static List<EndpointPort> PortsOf(Service service, Pod pod)
    {
        var ports = new List<EndpointPort>();
        foreach (var port in service.Spec.Ports.OrEmpty())
        {
            if (TargetPort(pod, port) is { } number)
                ports.Add(new() { Name = port.Name ?? "", Protocol = port.Protocol ?? "TCP", Port = number, AppProtocol = port.AppProtocol });
        }

        return ports;
    }

    private static Endpoint EndpointOf(Service service, Pod pod, string address, string? zone)
    {
        var serving = pod.IsReady();
        var terminating = pod.Metadata.DeletionTimestamp is not null;
        return new Endpoint
        {
            Addresses = [address],
            Conditions = new EndpointConditions
            {
                Ready = service.Spec.PublishNotReadyAddresses || (serving && !terminating), Serving = serving, Terminating = terminating,
            },
            Hostname = HostnameOf(pod, service),
            TargetRef = TargetOf(pod),
            NodeName = string.IsNullOrEmpty(pod.Spec.NodeName) ? null : pod.Spec.NodeName,
            Zone = zone,
        };
    }
}
