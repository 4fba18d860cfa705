using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>
/// Settles of which IP families a Service is, before it gets addresses. Upstream: pkg/registry/core/service/storage/alloc.go.
/// </summary>
/// <param name="served">The families that the cluster has addresses of, one or two; the first is the default.</param>
internal sealed class ServiceFamilies(IReadOnlyList<string> served)
{
    private const string Single = "SingleStack", Prefer = "PreferDualStack";

    /// <summary>Fills in policy and families; a Status 422 when they cannot be what is asked.</summary>
    public void Settle(Service service, Service? old)
    {
        if (service.Spec.Type == "ExternalName" || IsLeftAsItIs(service, old))
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
            Complete(spec, toTwo: true);
            return;
        }
        Check(service, errors => AreServed(spec, errors));
        Complete(spec, toTwo: served.Count == 2);
    }

    /// <summary>
    /// Who prefers two families gets the second when asking anew, not with any other change after the cluster got or lost one.
    /// </summary>
    private static bool IsLeftAsItIs(Service service, Service? old) =>
        old is not null && service.Spec.IpFamilyPolicy == Prefer && old.Spec.IpFamilyPolicy == Prefer
        && service.Spec.Type == old.Spec.Type && service.Spec.ClusterIPs.OrEmpty().SequenceEqual(old.Spec.ClusterIPs.OrEmpty())
        && service.Spec.IpFamilies is { Count: > 0 } families && families.SequenceEqual(old.Spec.IpFamilies.OrEmpty());

    private void Complete(ServiceSpec spec, bool toTwo)
    {
        spec.IpFamilies = spec.IpFamilies is { Count: > 0 } given ? given : [served[0]];
        if (toTwo && spec.IpFamilies.Count < 2 && spec.IpFamilyPolicy != Single)
        {
            spec.IpFamilies.Add(spec.IpFamilies[0] == "IPv4" ? "IPv6" : "IPv4");
        }
    }

    private static bool IsForeign(Service service) => ServiceShape.IsHeadless(service) && service.Spec.Selector.OrEmpty().Count == 0;

    private void AgreeOnCount(Service service, Service? old, FieldErrors errors)
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
    private void InferFamilies(ServiceSpec spec, FieldErrors errors)
    {
        foreach (var (index, address) in spec.ClusterIPs.OrEmpty().Index().Skip(spec.IpFamilies.OrEmpty().Count))
        {
            if (address == ServiceShape.Headless)
            {
                return;
            }
            var family = ServiceAddressValidation.FamilyOf(address);
            if (family is not null && served.Contains(family))
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

    private void AreServed(ServiceSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        if (spec.IpFamilyPolicy == "RequireDualStack" && served.Count < 2)
        {
            errors.Invalid(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "this cluster is not configured for dual-stack services");
        }
        foreach (var (index, family) in spec.IpFamilies.OrEmpty().Index().Where(one => !served.Contains(one.Item)))
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
