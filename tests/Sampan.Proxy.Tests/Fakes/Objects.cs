using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Networking.V1;
using EndpointPort = Sampan.Api.Discovery.V1.EndpointPort;

namespace Sampan.Testing.Fakes;

/// <summary>Short ways to write Services and EndpointSlices.</summary>
internal static class Objects
{
    public static Service Service(string name, string clusterIP, int port = 80, string protocol = "TCP", Action<Service>? change = null)
    {
        var service = new Service
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = name },
            Spec = new ServiceSpec
            {
                Type = "ClusterIP",
                ClusterIP = clusterIP,
                ClusterIPs = [clusterIP],
                Ports = [new ServicePort { Port = port, Protocol = protocol }],
            },
        };
        change?.Invoke(service);
        return service;
    }

    /// <summary>
    /// The ranges of cluster IPs, as a cluster has them. The proxy drops what is sent there before its Service is known; without them
    /// the kernel would keep a flow of it for minutes, which the next connection from that port would be taken for.
    /// </summary>
    public static ServiceCIDR Ranges(string name, params string[] cidrs) => new() { Metadata = new() { Name = name }, Spec = new() { Cidrs = [.. cidrs] } };

    public static EndpointSlice Slice(string service, int port, params string[] addresses) =>
        SliceOf(service, port, "TCP", [.. addresses.Select(a => Endpoint(a))]);

    public static EndpointSlice SliceOf(string service, int port, string protocol, params Endpoint[] endpoints) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "default",
            Name = $"{service}-1",
            Labels = new Dictionary<string, string> { ["kubernetes.io/service-name"] = service },
        },
        AddressType = endpoints.Length > 0 && endpoints[0].Addresses[0].Contains(':') ? "IPv6" : "IPv4",
        Ports = [new EndpointPort { Name = "", Port = port, Protocol = protocol }],
        Endpoints = [.. endpoints],
    };

    public static Endpoint Endpoint(string address, bool ready = true, bool terminating = false, string? node = null) => new()
    {
        Addresses = [address],
        NodeName = node,
        Conditions = new EndpointConditions { Ready = ready, Serving = ready || terminating, Terminating = terminating },
    };
}
