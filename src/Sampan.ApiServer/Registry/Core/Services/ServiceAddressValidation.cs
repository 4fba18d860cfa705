using System.Net.Sockets;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Core.Services;

/// <summary>Checks of the addresses and IP families of Services. Upstream: pkg/apis/core/validation.</summary>
internal static class ServiceAddressValidation
{
    private const string Changed = "may not change once set";

    private static readonly string[] Families = ["IPv4", "IPv6"];
    private static readonly string[] Policies = ["PreferDualStack", "RequireDualStack", "SingleStack"];

    public static string? FamilyOf(string address) =>
        !AddressChecks.TryParse(address, out var parsed, out _) ? null : parsed.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    public static void Validate(Service service, FieldErrors errors, IReadOnlyCollection<string>? old = null)
    {
        var (spec, path) = (service.Spec, FieldPath.Of("spec"));
        if (spec.Type == "ExternalName")
        {
            return;
        }
        FirstMatches(spec, path.Child("clusterIPs"), errors);
        var seen = new HashSet<string>();
        foreach (var (index, family) in spec.IpFamilies.OrEmpty().Index())
        {
            FieldChecks.OneOf(path.Child("ipFamilies").Index(index), family, errors, Families);
            if (!seen.Add(family))
            {
                errors.Duplicate(path.Child("ipFamilies").Index(index), family);
            }
        }
        FieldChecks.OneOf(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, errors, Policies);
        Addresses(spec, path.Child("clusterIPs"), old, errors);
    }

    /// <summary>The second address may come and go, the first stays.</summary>
    public static void ValidateUpdate(Service service, Service old, FieldErrors errors)
    {
        var (wasHeadless, isHeadless) = (ServiceShape.IsHeadless(old), ServiceShape.IsHeadless(service));
        if (service.Spec.Type == "ExternalName" || old.Spec.Type == "ExternalName" || (wasHeadless && isHeadless))
        {
            return;
        }
        SameAddresses(service.Spec, old.Spec, errors);
        if (wasHeadless == isHeadless)
        {
            SameFamilies(service.Spec, old.Spec, errors);
        }
    }

    private static void FirstMatches(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var addresses = spec.ClusterIPs.OrEmpty();
        if (string.IsNullOrEmpty(spec.ClusterIP))
        {
            if (addresses.Count > 0)
            {
                errors.Invalid(path, addresses, "must be empty when `clusterIP` is not specified");
            }
        }
        else if (addresses.Count == 0)
        {
            errors.Required(path);
        }
        else if (addresses[0] != spec.ClusterIP)
        {
            errors.Invalid(path, addresses, "first value must match `clusterIP`");
        }
    }

    private static void Addresses(ServiceSpec spec, FieldPath path, IReadOnlyCollection<string>? old, FieldErrors errors)
    {
        var (addresses, before) = (spec.ClusterIPs.OrEmpty(), errors.Count);
        var isHeadless = addresses.Count > 0 && addresses[0] == ServiceShape.Headless;
        if (isHeadless && addresses.Count > 1)
        {
            errors.Invalid(path, addresses, "'None' must be the first and only value");
        }
        foreach (var (index, address) in addresses.Index().Skip(isHeadless ? 1 : 0))
        {
            AddressChecks.Address(path.Index(index), address, errors, old);
        }
        var areAddresses = errors.Count == before;
        if (addresses.Count > 2)
        {
            errors.Invalid(path, addresses, "may only hold up to 2 values");
        }
        if (!areAddresses)
        {
            return;
        }
        if (addresses.Count > 1 && addresses.Select(FamilyOf).Distinct().Count() < 2)
        {
            errors.Invalid(path, addresses, "may specify no more than one IP for each IP family");
        }
        if (!isHeadless)
        {
            OfTheirFamilies(addresses, spec.IpFamilies.OrEmpty(), path, errors);
        }
    }

    private static void OfTheirFamilies(IReadOnlyList<string> addresses, IReadOnlyList<string> families, FieldPath path, FieldErrors errors)
    {
        foreach (var (index, (address, family)) in addresses.Zip(families).Index())
        {
            if (Families.Contains(family) && FamilyOf(address) != family)
            {
                errors.Invalid(path.Index(index), address, $"expected an {family} value as indicated by `ipFamilies[{index}]`");
            }
        }
    }

    private static void SameAddresses(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        var (path, now, before) = (FieldPath.Of("spec").Child("clusterIPs"), spec.ClusterIPs.OrEmpty(), old.ClusterIPs.OrEmpty());
        if (before.Count > 0 && now.Count == 0)
        {
            errors.Invalid(path.Index(0), now, "primary clusterIP can not be unset");
        }
        // The second one is compared only where nothing was added or given up.
        var compared = now.Count == before.Count ? now.Count : Math.Min(1, now.Count);
        foreach (var (index, (address, was)) in now.Zip(before).Take(compared).Index())
        {
            if (address != was)
            {
                errors.Invalid(path.Index(index), now, Changed);
            }
        }
        Released(spec, now.Count, before.Count, "clusterIP", errors);
    }

    private static void SameFamilies(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        var (path, now, before) = (FieldPath.Of("spec").Child("ipFamilies").Index(0), spec.IpFamilies.OrEmpty(), old.IpFamilies.OrEmpty());
        if (now.Count < before.Count && spec.ClusterIPs.OrEmpty().Count == 0)
        {
            errors.Invalid(path, now, "primary ipFamily can not be unset");
        }
        var (compared, shown) = now.Count == before.Count ? (now.Count, now) : (Math.Min(1, now.Count), spec.ClusterIPs.OrEmpty());
        foreach (var _ in now.Zip(before).Take(compared).Where(pair => pair.First != pair.Second))
        {
            errors.Invalid(path, shown, Changed);
        }
        Released(spec, now.Count, before.Count, "ipFamily", errors);
    }

    private static void Released(ServiceSpec spec, int now, int before, string what, FieldErrors errors)
    {
        if (now == 1 && before > 1 && spec.IpFamilyPolicy != "SingleStack")
        {
            errors.Invalid(
                FieldPath.Of("spec").Child("ipFamilyPolicy"), spec.IpFamilyPolicy,
                $"must be set to 'SingleStack' when releasing the secondary {what}");
        }
    }
}
