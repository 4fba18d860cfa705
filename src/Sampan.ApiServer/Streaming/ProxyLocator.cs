using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Streaming;

/// <summary>Finds what a proxy path names: a port of a pod, of a Service's endpoint, of a node, or a kubelet.</summary>
internal sealed class ProxyLocator(IObjectSource objects, KubeletLocator kubelets, bool allowsLoopback)
{
    public ProxyLocation Locate(RequestInfo info)
    {
        var kind = info.Resource.TrimEnd('s');
        var name = ProxyName.Parse(info.Name, kind);
        return info.Resource switch
        {
            "pods" => OfPod(PodContainers.Find(objects, info.Namespace, name.Name), name),
            "nodes" => OfNode(name),
            _ => OfService(info.Namespace, name, info.Name),
        };
    }

    private ProxyLocation OfPod(Pod pod, ProxyName name)
    {
        var port = name.Port.Length > 0
            ? name.Port
            : pod.Spec.Containers.SelectMany(container => container.Ports.OrEmpty().Take(1)).FirstOrDefault()?.ContainerPortValue.ToString(CultureInfo.InvariantCulture) ?? "";
        if (!IPAddress.TryParse(pod.Status.PodIP, out var address) || !IsAllowed(address))
        {
            throw StatusException.BadRequest("address not allowed");
        }
        return ProxyLocation.Of(name.Scheme, address.ToString(), Checked(port));
    }

    private ProxyLocation OfNode(ProxyName name)
    {
        var kubelet = kubelets.Locate(name.Name);
        if (name.Port.Length == 0 || name.Port == kubelet.Port.ToString(CultureInfo.InvariantCulture))
        {
            return new ProxyLocation(kubelet.Url("/"), kubelet);
        }
        if (IPAddress.TryParse(kubelet.Host, out var address) && !IsAllowed(address))
        {
            throw StatusException.BadRequest("address not allowed");
        }
        return ProxyLocation.Of(name.Scheme, kubelet.Host, Checked(name.Port));
    }

    private ProxyLocation OfService(string ns, ProxyName name, string asked)
    {
        var service = objects.Get<Service>(ns, name.Name) ?? throw StatusException.NotFound(Service.Info.GroupResource, name.Name);
        var portName = PortName(service, name.Port);
        var candidates = FromSlices(ns, name.Name, portName) is { Count: > 0 } slices ? slices : FromEndpoints(ns, name.Name, portName);
        if (candidates.Count == 0)
        {
            throw StatusException.ServiceUnavailable($"no endpoints available for service {GoText.Quote(asked)}");
        }
        var (ip, port) = candidates[Random.Shared.Next(candidates.Count)];
        return ProxyLocation.Of(name.Scheme, ip, port.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A port's number stands for its name, which is what endpoints go by.</summary>
    private static string PortName(Service service, string port)
    {
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return port;
        }
        var found = service.Spec.Ports.OrEmpty().FirstOrDefault(one => one.Port == number)
            ?? throw StatusException.ServiceUnavailable($"no service port {number} found for service {GoText.Quote(service.Metadata.Name)}");
        return found.Name ?? "";
    }

    private List<(string Ip, int Port)> FromSlices(string ns, string service, string portName) =>
    [
        .. from slice in objects.List<EndpointSlice>(ns)
           where slice.Metadata.Labels.OrEmpty().GetValueOrDefault("kubernetes.io/service-name") == service
           from port in slice.Ports.OrEmpty()
           where (port.Name ?? "") == portName && port.Port is not null
           from endpoint in slice.Endpoints.OrEmpty()
           where endpoint.Conditions?.Ready ?? true
           from address in endpoint.Addresses
           select (address, port.Port!.Value),
    ];

    private List<(string Ip, int Port)> FromEndpoints(string ns, string service, string portName) =>
    [
        .. from subset in (objects.Get<Endpoints>(ns, service)?.Subsets).OrEmpty()
           from port in subset.Ports.OrEmpty()
           where (port.Name ?? "") == portName
           from address in subset.Addresses.OrEmpty()
           select (address.Ip, port.Port),
    ];

    private static string Checked(string port) =>
        port.Length == 0 || (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            ? port
            : throw StatusException.BadRequest($"invalid port {GoText.Quote(port)}");

    /// <summary>A pod must not lead to the host's own services: loopback, link-local and multicast addresses are none of a pod's.</summary>
    private bool IsAllowed(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return allowsLoopback;
        }
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? !address.IsIPv6LinkLocal && !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any)
            : bytes is not [169, 254, ..] && bytes[0] is > 0 and < 224;
    }
}
