using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Checks of what Services say to and hear from load balancers.</summary>
internal static class LoadBalancerValidation
{
    private const string OnlyLoadBalancers = "may only be used when `type` is 'LoadBalancer'";

    private const string RangesAnnotation = "service.beta.kubernetes.io/load-balancer-source-ranges";

    public const string NotAddress = "must be a DNS name, not an IP address";

    public static void Validate(Service service, Service? old, FieldPath path, FieldErrors errors)
    {
        var (spec, isBalanced) = (service.Spec, service.Spec.Type == "LoadBalancer");
        SourceRanges(service, old, isBalanced, path, errors);
        if (spec.AllocateLoadBalancerNodePorts is not null && !isBalanced)
        {
            errors.Forbidden(path.Child("allocateLoadBalancerNodePorts"), OnlyLoadBalancers);
        }
        Class(spec, isBalanced, path.Child("loadBalancerClass"), errors);
    }

    public static void ValidateUpdate(Service service, Service old, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (service.Spec.Type == "LoadBalancer" && old.Spec.Type == "LoadBalancer" && service.Spec.LoadBalancerClass != old.Spec.LoadBalancerClass)
        {
            errors.Invalid(path.Child("loadBalancerClass"), service.Spec.LoadBalancerClass, "may not change once set");
        }
        Class(service.Spec, service.Spec.Type == "LoadBalancer", path.Child("loadBalancerClass"), errors);
        if (ServiceShape.NeedsHealthPort(service) && ServiceShape.NeedsHealthPort(old)
            && service.Spec.HealthCheckNodePort != old.Spec.HealthCheckNodePort)
        {
            errors.Forbidden(path.Child("healthCheckNodePort"), "field is immutable");
        }
    }

    public static void ValidateStatus(Service service, Service old, FieldErrors errors)
    {
        var path = FieldPath.Of("status").Child("loadBalancer").Child("ingress");
        var ingresses = service.Status.LoadBalancer.Ingress.OrEmpty();
        if (service.Spec.Type != "LoadBalancer" && ingresses.Count > 0)
        {
            errors.Forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }
        var known = old.Status.LoadBalancer.Ingress.OrEmpty().Select(ingress => ingress.Ip ?? "").ToList();
        foreach (var (index, ingress) in ingresses.Index())
        {
            Ingress(ingress, known, path.Index(index), errors);
        }
    }

    /// <summary>The name under which a balancer is reached.</summary>
    public static void HostName(string host, FieldPath path, FieldErrors errors)
    {
        errors.Invalid(path, host, Names.IsDns1123Subdomain(host));
        if (AddressChecks.TryParse(host, out _, out _))
        {
            errors.Invalid(path, host, NotAddress);
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

    private static void Class(ServiceSpec spec, bool isBalanced, FieldPath path, FieldErrors errors)
    {
        if (spec.LoadBalancerClass is { } name && isBalanced)
        {
            errors.Invalid(path, name, Names.IsQualifiedName(name));
        }
        else if (spec.LoadBalancerClass is not null)
        {
            errors.Forbidden(path, OnlyLoadBalancers);
        }
    }

    private static void Ingress(LoadBalancerIngress ingress, IReadOnlyCollection<string> known, FieldPath path, FieldErrors errors)
    {
        var hasAddress = !string.IsNullOrEmpty(ingress.Ip);
        if (hasAddress)
        {
            AddressChecks.Address(path.Child("ip"), ingress.Ip!, errors, known);
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
            HostName(ingress.Hostname, path.Child("hostname"), errors);
        }
    }
}
