using System.Net;
using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Checks of what Services say to and hear from load balancers.</summary>
internal static class LoadBalancerValidation
{
    private const string OnlyLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

    public static void Validate(Service service, FieldPath path, FieldErrors errors)
    {
        var (spec, isBalanced) = (service.Spec, service.Spec.Type == "LoadBalancer");
        if (spec.LoadBalancerSourceRanges.OrEmpty().Count > 0)
        {
            SourceRanges(spec.LoadBalancerSourceRanges!, isBalanced, path.Child("LoadBalancerSourceRanges"), errors);
        }
        if (spec.AllocateLoadBalancerNodePorts is not null && !isBalanced)
        {
            errors.Forbidden(path.Child("allocateLoadBalancerNodePorts"), OnlyLoadBalancers);
        }
        if (spec.LoadBalancerClass is { } name && isBalanced)
        {
            errors.Invalid(path.Child("loadBalancerClass"), name, Names.IsQualifiedName(name));
        }
        else if (spec.LoadBalancerClass is not null)
        {
            errors.Forbidden(path.Child("loadBalancerClass"), OnlyLoadBalancers);
        }
    }

    public static void ValidateUpdate(Service service, Service old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (service.Spec.Type == "LoadBalancer" && old.Spec.Type == "LoadBalancer" && service.Spec.LoadBalancerClass != old.Spec.LoadBalancerClass)
        {
            errors.Invalid(path.Child("loadBalancerClass"), service.Spec.LoadBalancerClass, "may not change once set");
        }
        if (ServiceShape.NeedsHealthPort(service) && ServiceShape.NeedsHealthPort(old)
            && service.Spec.HealthCheckNodePort != old.Spec.HealthCheckNodePort)
        {
            errors.Forbidden(path.Child("healthCheckNodePort"), "field is immutable");
        }
    }

    public static void ValidateStatus(Service service, FieldErrors errors)
    {
        var path = FieldPath.Of("status").Child("loadBalancer").Child("ingress");
        var ingresses = service.Status.LoadBalancer.Ingress.OrEmpty();
        if (service.Spec.Type != "LoadBalancer" && ingresses.Count > 0)
        {
            errors.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        foreach (var (index, ingress) in ingresses.Index())
        {
            Ingress(ingress, path.Index(index), errors);
        }
    }

    private static void SourceRanges(List<string> ranges, bool isBalanced, FieldPath path, FieldErrors errors)
    {
        if (!isBalanced)
        {
            errors.Forbidden(path, OnlyLoadBalancers);
        }
        foreach (var (index, range) in ranges.Index())
        {
            // Spaces around a range are an old habit that stays allowed.
            if (!IsCidr(range.Trim()))
            {
                errors.Invalid(path.Index(index), range.Trim(), "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            }
        }
    }

    /// <summary>Bits beyond the prefix may be set.</summary>
    private static bool IsCidr(string text) =>
        text.Split('/') is [var address, var prefix]
        && IPAddress.TryParse(address, out var ip)
        && byte.TryParse(prefix, out var bits)
        && bits <= ip.GetAddressBytes().Length * 8;

    private static void Ingress(LoadBalancerIngress ingress, FieldPath path, FieldErrors errors)
    {
        var hasAddress = !string.IsNullOrEmpty(ingress.Ip);
        if (hasAddress && !IPAddress.TryParse(ingress.Ip, out _))
        {
            errors.Invalid(path.Child("ip"), ingress.Ip, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        if (ingress.IpMode is not null && !hasAddress)
        {
            errors.Forbidden(path.Child("ipMode"), "may not be specified when `ip` is not set");
        }
        else if (ingress.IpMode is not (null or "VIP" or "Proxy"))
        {
            errors.NotSupported(path.Child("ipMode"), ingress.IpMode, "Proxy", "VIP");
        }
        if (!string.IsNullOrEmpty(ingress.Hostname))
        {
            errors.Invalid(path.Child("hostname"), ingress.Hostname, Names.IsDns1123Subdomain(ingress.Hostname));
            if (IPAddress.TryParse(ingress.Hostname, out _))
            {
                errors.Invalid(path.Child("hostname"), ingress.Hostname, "must be a DNS name, not an IP address");
            }
        }
    }
}
