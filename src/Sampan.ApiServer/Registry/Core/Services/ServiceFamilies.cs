using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// Settles of which IP families a Service is, before it gets addresses. The cluster has IPv4 addresses only. Upstream:
/// pkg/registry/core/service/storage/alloc.go.
/// </summary>
internal static class ServiceFamilies
{
    private const string Single = "SingleStack";
    private const string OnlyFamily = "IPv4";

    /// <summary>Fills in policy and families; a Status 422 when they cannot be what is asked.</summary>
    public static void Settle(Service service, Service? old)
    {
        if (service.Spec.Type == "ExternalName")
        {
            return;
        }
        var spec = service.Spec;
        spec.IpFamilyPolicy ??= old?.Spec.IpFamilyPolicy ?? (IsForeign(service) ? "RequireDualStack" : Single);
        Check(service, errors => ServiceAddressValidation.Validate(service, errors, old?.Spec.ClusterIPs));
        Check(service, errors => AgreeOnCount(service, old, errors));
        if (IsForeign(service))
        {
            // Nobody knows the families of endpoints that somebody else writes.
            spec.IpFamilies = spec.IpFamilies is { Count: > 0 } given ? given : [OnlyFamily];
            if (spec.IpFamilies.Count < 2 && spec.IpFamilyPolicy != Single)
            {
                spec.IpFamilies.Add(spec.IpFamilies[0] == OnlyFamily ? "IPv6" : OnlyFamily);
            }
            return;
        }
        Check(service, errors => AreServed(spec, errors));
        spec.IpFamilies = spec.IpFamilies is { Count: > 0 } families ? families : [OnlyFamily];
    }

    private static bool IsForeign(Service service) => ServiceShape.IsHeadless(service) && service.Spec.Selector.OrEmpty().Count == 0;

    private static void AgreeOnCount(Service service, Service? old, FieldErrors errors)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec").Child("ipFamilyPolicy"));
        if (old is not null && spec.IpFamilyPolicy == Single)
        {
            spec.ClusterIPs = Released(spec.ClusterIPs, old.Spec.ClusterIPs);
            spec.IpFamilies = Released(spec.IpFamilies, old.Spec.IpFamilies);
        }
        else if (old is not null)
        {
            NotReleased(spec.ClusterIPs, old.Spec.ClusterIPs, "cluster IP");
            NotReleased(spec.IpFamilies, old.Spec.IpFamilies, "IP family");
        }
        NotSeveral(spec.ClusterIPs, "cluster IPs");
        NotSeveral(spec.IpFamilies, "IP families");
        InferFamilies(spec, errors);

        void NotReleased(List<string>? now, List<string>? before, string what)
        {
            if (before.OrEmpty().Count == 2 && now.OrEmpty().Count == 1)
            {
                errors.Invalid(path, spec.IpFamilyPolicy, $"must be 'SingleStack' to release the secondary {what}");
            }
        }

        void NotSeveral(List<string>? values, string what)
        {
            if (spec.IpFamilyPolicy == Single && values.OrEmpty().Count == 2)
            {
                errors.Invalid(path, spec.IpFamilyPolicy, $"must be 'RequireDualStack' or 'PreferDualStack' when multiple {what} are specified");
            }
        }
    }

    /// <summary>Whoever only changes the policy to one family gives up the second value.</summary>
    private static List<string>? Released(List<string>? values, List<string>? old) =>
        values is { Count: > 1 } && old is not null && values.SequenceEqual(old) ? values[..1] : values;

    /// <summary>Addresses without a family beside them say their own.</summary>
    private static void InferFamilies(ServiceSpec spec, FieldErrors errors)
    {
        foreach (var (index, address) in spec.ClusterIPs.OrEmpty().Index().Skip(spec.IpFamilies.OrEmpty().Count))
        {
            if (address == ServiceShape.Headless)
            {
                return;
            }
            var family = ServiceAddressValidation.FamilyOf(address);
            if (family == OnlyFamily)
            {
                (spec.IpFamilies ??= []).Add(family);
            }
            else
            {
                errors.Invalid(
                    FieldPath.Of("spec").Child("clusterIPs").Index(index), spec.ClusterIPs, $"{family} is not configured on this cluster");
            }
        }
    }

    private static void AreServed(ServiceSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (spec.IpFamilyPolicy == "RequireDualStack")
        {
            errors.Invalid(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "this cluster is not configured for dual-stack services");
        }
        foreach (var (index, family) in spec.IpFamilies.OrEmpty().Index().Where(one => one.Item != OnlyFamily))
        {
            errors.Invalid(path.Child("ipFamilies").Index(index), family, "not configured on this cluster");
        }
    }

    private static void Check(Service service, Action<FieldErrors> rules)
    {
        var errors = new FieldErrors();
        rules(errors);
        if (errors.Any)
        {
            throw StatusException.Invalid(Service.Info.GroupKind, service.Metadata.Name, errors);
        }
    }
}
