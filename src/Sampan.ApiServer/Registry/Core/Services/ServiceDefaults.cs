using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>What a Service has when its author does not say.</summary>
internal static class ServiceDefaults
{
    private const int AffinitySeconds = 10800;

    public static void Apply(ServiceSpec spec)
    {
        spec.SessionAffinity = Or(spec.SessionAffinity, "None");
        if (spec.SessionAffinity == "None")
        {
            spec.SessionAffinityConfig = null;
        }
        else if (spec.SessionAffinity == "ClientIP")
        {
            spec.SessionAffinityConfig ??= new SessionAffinityConfig();
            spec.SessionAffinityConfig.ClientIP ??= new ClientIPConfig();
            spec.SessionAffinityConfig.ClientIP.TimeoutSeconds ??= AffinitySeconds;
        }
        spec.Type = Or(spec.Type, "ClusterIP");
        foreach (var port in spec.Ports.OrEmpty())
        {
            port.Protocol = Or(port.Protocol, "TCP");
            if (port.TargetPort == default || port.TargetPort is { IsString: true, StringValue: "" })
            {
                port.TargetPort = port.Port;
            }
        }
        ApplyPolicies(spec);
        if (!string.IsNullOrEmpty(spec.ClusterIP) && spec.ClusterIPs.OrEmpty().Count == 0)
        {
            spec.ClusterIPs = [spec.ClusterIP];
        }
    }

    private static void ApplyPolicies(ServiceSpec spec)
    {
        var isExternal = spec.Type is "NodePort" or "LoadBalancer" || (spec.Type == "ClusterIP" && spec.ExternalIPs.OrEmpty().Count > 0);
        if (isExternal)
        {
            spec.ExternalTrafficPolicy = Or(spec.ExternalTrafficPolicy, "Cluster");
        }
        if (spec.Type is "ClusterIP" or "NodePort" or "LoadBalancer")
        {
            spec.InternalTrafficPolicy = Or(spec.InternalTrafficPolicy, "Cluster");
        }
        if (spec.Type == "LoadBalancer")
        {
            spec.AllocateLoadBalancerNodePorts ??= true;
        }
    }

    private static string Or(string? value, string fallback) => string.IsNullOrEmpty(value) ? fallback : value;
}
