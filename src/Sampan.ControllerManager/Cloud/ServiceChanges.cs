using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.Cloud;

/// <summary>What of a Service concerns its load balancer.</summary>
internal static class ServiceChanges
{
    /// <summary>A Service with a class belongs to whoever knows that class.</summary>
    public static bool Wants(Service service) => service is { Spec: { Type: "LoadBalancer", LoadBalancerClass: null }, Metadata.DeletionTimestamp: null };

    public static bool HasFinalizer(Service service) => service.Metadata.Finalizers?.Contains(ServiceController.Finalizer) == true;

    /// <summary>It has, or may have, one that it must not keep.</summary>
    public static bool NeedsCleanUp(Service service) =>
        HasFinalizer(service) && (service.Metadata.DeletionTimestamp is not null || service.Spec.Type != "LoadBalancer");

    /// <summary>True where the balancer has to be brought in line. The Service's status and finalizers are the controller's own.</summary>
    public static bool Matter(Service? old, Service current)
    {
        if (NeedsCleanUp(current)) return true;
        if (old is null || Wants(old) != Wants(current)) return Wants(current) || old is not null;
        return Wants(current) && (old.Metadata.Uid != current.Metadata.Uid || !PartsOf(old).SequenceEqual(PartsOf(current)));
    }

    private static IEnumerable<object?> PartsOf(Service service)
    {
        var spec = service.Spec;
        yield return string.Join(',', spec.LoadBalancerSourceRanges.OrEmpty());
        yield return string.Join(',', spec.ExternalIPs.OrEmpty());
        yield return (spec.LoadBalancerIP ?? "", spec.SessionAffinity, spec.SessionAffinityConfig?.ClientIP?.TimeoutSeconds);
        yield return (spec.ExternalTrafficPolicy, spec.HealthCheckNodePort, spec.IpFamilies.OrEmpty().Count);
        foreach (var (name, value) in service.Metadata.Annotations.OrEmpty().OrderBy(a => a.Key, StringComparer.Ordinal)) yield return (name, value);
        foreach (var port in spec.Ports.OrEmpty()) yield return (port.Name, port.Protocol, port.Port, port.NodePort, $"{port.TargetPort}", port.AppProtocol);
    }
}
