using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>What a Service of its type needs and holds.</summary>
internal static class ServiceShape
{
    public const string Headless = "None";

    public static bool IsHeadless(Service service) => service.Spec.ClusterIP == Headless;

    public static bool NeedsAddress(Service service) => service.Spec.Type != "ExternalName" && !IsHeadless(service);

    public static bool NeedsNodePorts(Service service) =>
        service.Spec.Type == "NodePort" || (service.Spec.Type == "LoadBalancer" && service.Spec.AllocateLoadBalancerNodePorts != false);

    public static bool NeedsHealthPort(Service service) =>
        service.Spec is { Type: "LoadBalancer", ExternalTrafficPolicy: "Local" };

    /// <summary>Whether it is reached from outside the cluster.</summary>
    public static bool IsExternal(Service service) =>
        service.Spec.Type is "NodePort" or "LoadBalancer" || (service.Spec.Type == "ClusterIP" && service.Spec.ExternalIPs.OrEmpty().Count > 0);

    public static IEnumerable<IPAddress> AddressesOf(Service service)
    {
        foreach (var text in service.Spec.ClusterIPs.OrEmpty())
        {
            if (IPAddress.TryParse(text, out var address))
            {
                yield return address;
            }
        }
    }

    public static IEnumerable<int> NodePortsOf(Service service) =>
        service.Spec.Ports.OrEmpty().Select(port => port.NodePort).Append(service.Spec.HealthCheckNodePort).Where(port => port != 0).Distinct();
}
