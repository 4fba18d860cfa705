using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what kubelets and schedulers report of pods. Upstream: ValidatePodStatusUpdate.</summary>
internal static class PodStatusValidation
{
    private static readonly string[] SystemConditions = ["PodScheduled", "Ready", "Initialized"];

    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        var (status, path) = (pod.Status, FieldPath.Of("status"));
        PodAnnotationValidation.ValidateUpdate(pod, old, FieldPath.Of("metadata", "annotations"), errors);
        foreach (var (index, condition) in status.Conditions.OrEmpty().Index().Where(one => !SystemConditions.Contains(one.Item.Type)))
        {
            errors.Invalid(
                FieldPath.Of("metadata", "conditions").Index(index).Child("Type"), condition.Type, Names.IsQualifiedName(condition.Type));
        }
        if (status.NominatedNodeName is { Length: > 0 } node && node != old.Status.NominatedNodeName)
        {
            errors.Invalid(path.Child("nominatedNodeName"), node, Names.IsDns1123Subdomain(node));
        }
        FieldChecks.Same(path.Child("qosClass"), status.QosClass, old.Status.QosClass, errors);
        FieldChecks.NotNegative(path.Child("observedGeneration"), status.ObservedGeneration, errors);
        ContainerStatusValidation.Transitions(pod, old, path, errors);
        Claims(status.ResourceClaimStatuses, pod.Spec.ResourceClaims, path.Child("resourceClaimStatuses"), errors);
        ExtendedClaimValidation.Validate(status.ExtendedResourceClaimStatus, pod.Spec, path.Child("extendedResourceClaimStatus"), errors);
        PodIPs(status, old.Status, path.Child("podIPs"), errors);
        HostIPs(status, old.Status, path.Child("hostIPs"), errors);
        ContainerStatusValidation.Validate(pod, path, errors);
    }

    private static void Claims(List<PodResourceClaimStatus>? statuses, List<PodResourceClaim>? claims, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        var known = claims.OrEmpty().Select(claim => claim.Name).ToHashSet();
        foreach (var (index, status) in statuses.OrEmpty().Index())
        {
            var at = path.Index(index).Child("name");
            if (!known.Contains(status.Name))
            {
                errors.Invalid(at, status.Name, "must match the name of an entry in `spec.resourceClaims`");
            }
            if (!names.Add(status.Name))
            {
                errors.Duplicate(at, status.Name);
            }
            if (status.ResourceClaimName is { } claim)
            {
                errors.Invalid(at, claim, Names.IsDns1123Subdomain(claim));
            }
        }
    }

    private static void PodIPs(PodStatus status, PodStatus old, FieldPath path, FieldErrors errors)
    {
        var (ips, had) = (status.PodIPs.OrEmpty(), old.PodIPs.OrEmpty().Select(one => one.Ip).ToHashSet());
        foreach (var (index, ip) in ips.Index())
        {
            AddressChecks.Address(path.Index(index), ip.Ip, errors, had);
        }
        OneOfEachFamily([.. ips.Select(one => one.Ip)], status.PodIPs, path, errors);
        var seen = new HashSet<string?>();
        foreach (var (index, ip) in ips.Index().Where(one => !seen.Add(one.Item.Ip)))
        {
            errors.Duplicate(path.Index(index), ip);
        }
    }

    private static void HostIPs(PodStatus status, PodStatus old, FieldPath path, FieldErrors errors)
    {
        var (ips, had) = (status.HostIPs.OrEmpty(), old.HostIPs.OrEmpty().Select(one => one.Ip).ToHashSet());
        if (ips.Count > 0 && ips[0].Ip != (status.HostIP ?? ""))
        {
            errors.Invalid(path.Index(0).Child("ip"), ips[0].Ip, "must be equal to `hostIP`");
        }
        foreach (var (index, ip) in ips.Index())
        {
            AddressChecks.Address(path.Index(index), ip.Ip, errors, had);
        }
        var seen = new HashSet<string?>();
        foreach (var (index, ip) in ips.Index().Where(one => !seen.Add(one.Item.Ip)))
        {
            errors.Duplicate(path.Index(index), ip);
        }
        OneOfEachFamily([.. ips.Select(one => one.Ip)], status.HostIPs, path, errors);
    }

    private static void OneOfEachFamily(List<string> ips, object? value, FieldPath path, FieldErrors errors)
    {
        var families = ips.Select(ip => AddressChecks.TryParse(ip, out var address, out _) ? (int)address.AddressFamily : 0).Distinct().Count();
        if (ips.Count > 2 || families < ips.Count)
        {
            errors.Invalid(path, value, "may specify no more than one IP for each IP family");
        }
    }
}
