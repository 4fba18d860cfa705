using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// What an update of a Service means beyond what it says: what it leaves out is kept, and what its new type has no use for goes, as long
/// as the client did not change it. Upstream: pkg/registry/core/service.
/// </summary>
internal static class ServiceChanges
{
    public static void Complete(Service service, Service old)
    {
        FollowSingleAddress(service.Spec, old.Spec);
        DropForeign(service, old);
        KeepAllocated(service, old);
    }

    /// <summary>Who knows only the single address changes it and not the list.</summary>
    private static void FollowSingleAddress(ServiceSpec spec, ServiceSpec old)
    {
        if ((spec.ClusterIP ?? "") != (old.ClusterIP ?? "") && Same(spec.ClusterIPs, old.ClusterIPs))
        {
            spec.ClusterIPs = string.IsNullOrEmpty(spec.ClusterIP) ? null : [spec.ClusterIP];
        }
    }

    private static void DropForeign(Service service, Service old)
    {
        var (spec, was) = (service.Spec, old.Spec);
        if (spec.Type == "ExternalName" && was.Type != "ExternalName")
        {
            DropAddresses(spec, was);
        }
        if (ServiceShape.NeedsNodePorts(old) && !ServiceShape.NeedsNodePorts(service) && SameNodePorts(spec, was))
        {
            spec.Ports?.ForEach(port => port.NodePort = 0);
        }
        if (ServiceShape.NeedsHealthPort(old) && !ServiceShape.NeedsHealthPort(service) && spec.HealthCheckNodePort == was.HealthCheckNodePort)
        {
            spec.HealthCheckNodePort = 0;
        }
        if (was.Type == "LoadBalancer" && spec.Type != "LoadBalancer")
        {
            spec.AllocateLoadBalancerNodePorts = spec.AllocateLoadBalancerNodePorts == was.AllocateLoadBalancerNodePorts
                ? null : spec.AllocateLoadBalancerNodePorts;
            spec.LoadBalancerClass = spec.LoadBalancerClass == was.LoadBalancerClass ? null : spec.LoadBalancerClass;
        }
        if (ServiceShape.IsExternal(old) && !ServiceShape.IsExternal(service) && spec.ExternalTrafficPolicy == was.ExternalTrafficPolicy)
        {
            spec.ExternalTrafficPolicy = null;
        }
    }

    private static void DropAddresses(ServiceSpec spec, ServiceSpec was)
    {
        if (spec.ClusterIP == was.ClusterIP && Same(spec.ClusterIPs, was.ClusterIPs))
        {
            (spec.ClusterIP, spec.ClusterIPs) = (null, null);
        }
        spec.IpFamilies = Same(spec.IpFamilies, was.IpFamilies) ? null : spec.IpFamilies;
        spec.IpFamilyPolicy = spec.IpFamilyPolicy == was.IpFamilyPolicy ? null : spec.IpFamilyPolicy;
    }

    private static void KeepAllocated(Service service, Service old)
    {
        var (spec, was) = (service.Spec, old.Spec);
        if (spec.Type != "ExternalName" && was.Type != "ExternalName")
        {
            spec.ClusterIP = string.IsNullOrEmpty(spec.ClusterIP) ? was.ClusterIP : spec.ClusterIP;
            spec.ClusterIPs = spec.ClusterIPs.OrEmpty().Count == 0 && spec.ClusterIP == was.ClusterIP ? was.ClusterIPs : spec.ClusterIPs;
        }
        if (ServiceShape.NeedsNodePorts(service) && ServiceShape.NeedsNodePorts(old))
        {
            KeepNodePorts(spec.Ports.OrEmpty(), was.Ports.OrEmpty());
        }
        if (ServiceShape.NeedsHealthPort(service) && ServiceShape.NeedsHealthPort(old) && spec.HealthCheckNodePort == 0)
        {
            spec.HealthCheckNodePort = was.HealthCheckNodePort;
        }
    }

    private static void KeepNodePorts(IReadOnlyList<ServicePort> ports, IReadOnlyList<ServicePort> old)
    {
        var used = ports.Select(port => port.NodePort).ToHashSet();
        var known = old.ToLookup(one => (one.Port, one.Protocol));
        foreach (var port in ports.Where(port => port.NodePort == 0))
        {
            var match = known[(port.Port, port.Protocol)].FirstOrDefault();
            if (match is { NodePort: not 0 } && used.Add(match.NodePort))
            {
                port.NodePort = match.NodePort;
            }
        }
    }

    private static bool Same(List<string>? a, List<string>? b) => a.OrEmpty().SequenceEqual(b.OrEmpty());

    private static bool SameNodePorts(ServiceSpec a, ServiceSpec b) => NodePorts(a).SetEquals(NodePorts(b));

    private static HashSet<int> NodePorts(ServiceSpec spec) => [.. spec.Ports.OrEmpty().Select(port => port.NodePort)];
}
