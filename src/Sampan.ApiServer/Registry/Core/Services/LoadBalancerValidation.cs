using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Checks of what Services say to and hear from load balancers.</summary>
internal static class LoadBalancerValidation
{
    private const string OnlyLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

    private const string RangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

    public static void Validate(Service service, Service? old, FieldPath path, FieldErrors errors)
    {
        var (spec, isBalanced) = (service.Spec, service.Spec.Type == "LoadBalancer");
        SourceRanges(service, old, isBalanced, path, errors);
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

    /// <summary>The ranges of the field or, without any, of the annotation. Spaces around a range are an old habit that stays allowed.</summary>
    private static void SourceRanges(Service service, Service? old, bool isBalanced, FieldPath path, FieldErrors errors)
    {
        var annotation = service.Metadata.Annotations.OrEmpty().GetValueOrDefault(RangesAnnotation);
        var ranges = service.Spec.LoadBalancerSourceRanges.OrEmpty();
        if (ranges.Count == 0 && annotation is null)
        {
            return;
        }
        var at = ranges.Count > 0
            ? path.Child("LoadBalancerSourceRanges") : FieldPath.Of("metadata").Child("annotations").Key(RangesAnnotation);
        if (!isBalanced)
        {
            errors.Forbidden(at, OnlyLoadBalancers);
        }
        foreach (var (index, range) in ranges.Index())
        {
            AddressChecks.Network(
                at.Index(index), range.Trim(), errors, [.. (old?.Spec.LoadBalancerSourceRanges).OrEmpty().Select(one => one.Trim())]);
        }
        if (ranges.Count == 0 && !string.IsNullOrWhiteSpace(annotation))
        {
            var kept = old?.Metadata.Annotations.OrEmpty().GetValueOrDefault(RangesAnnotation) ?? "";
            foreach (var range in annotation.Split(',', StringSplitOptions.TrimEntries))
            {
                AddressChecks.Network(at, range, errors, kept.Split(',', StringSplitOptions.TrimEntries));
            }
        }
    }

    private static void Ingress(LoadBalancerIngress ingress, FieldPath path, FieldErrors errors)
    {
        var hasAddress = !string.IsNullOrEmpty(ingress.Ip);
        if (hasAddress)
        {
            AddressChecks.Address(path.Child("ip"), ingress.Ip!, errors);
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
            if (AddressChecks.TryParse(ingress.Hostname, out _, out _))
            {
                errors.Invalid(path.Child("hostname"), ingress.Hostname, "must be a DNS name, not an IP address");
            }
        }
    }
}
