using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of resource quotas.</summary>
internal static class ResourceQuotaValidation
{
    private static readonly HashSet<string> OfPods =
        ["pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

    private static readonly (string, string)[] Opposites = [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")];

    public static void Validate(ResourceQuotaSpec spec, FieldErrors errors)
    {
        var path = FieldPath.Of("spec");
        Amounts(spec.Hard, path.Child("hard"), errors);
        foreach (var scope in spec.Scopes.OrEmpty())
        {
            if (!IsScope(scope))
            {
                errors.Invalid(path.Child("scopes"), spec.Scopes, "unsupported scope");
            }
            foreach (var _ in NotCounted(spec, scope))
            {
                errors.Invalid(path.Child("scopes"), spec.Scopes, "unsupported scope applied to resource");
            }
        }
        Conflicts(spec.Scopes.OrEmpty(), spec, path.Child("scopes"), errors);
        if (spec.ScopeSelector is { } selector)
        {
            Selector(spec, selector, path.Child("scopeSelector").Child("matchExpressions"), errors);
        }
    }

    public static void Amounts(Dictionary<string, Quantity>? amounts, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, amount) in amounts.OrEmpty())
        {
            ResourceValidation.AnyName(name, path.Key(name), errors);
            if (!name.Contains('/', StringComparison.Ordinal) && !ResourceNames.IsForQuotas(name))
            {
                errors.Invalid(path.Key(name), name, "must be a standard resource for quota");
            }
            ResourceValidation.Value(name, amount, path.Key(name), errors);
        }
    }

    private static void Selector(ResourceQuotaSpec spec, ScopeSelector selector, FieldPath path, FieldErrors errors)
    {
        var requirements = selector.MatchExpressions.OrEmpty();
        foreach (var requirement in requirements)
        {
            if (!IsScope(requirement.ScopeName))
            {
                errors.Invalid(path.Child("scopeName"), requirement.ScopeName, "unsupported scope");
            }
            foreach (var _ in NotCounted(spec, requirement.ScopeName))
            {
                errors.Invalid(path, selector, "unsupported scope applied to resource");
            }
            Requirement(requirement, path, errors);
        }
        Conflicts([.. requirements.Select(requirement => requirement.ScopeName)], spec, path, errors);
    }

    private static void Requirement(ScopedResourceSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        if (requirement.ScopeName is "BestEffort" or "NotBestEffort" or "Terminating" or "NotTerminating" or "CrossNamespacePodAffinity"
            && requirement.Operator != "Exists")
        {
            errors.Invalid(
                path.Child("operator"), requirement.Operator,
                "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
                + "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        var values = requirement.Values.OrEmpty();
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (values.Count == 0)
                {
                    errors.Required(path.Child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
                break;
            case "Exists" or "DoesNotExist":
                if (values.Count > 0)
                {
                    errors.Invalid(
                        path.Child("values"), values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
    }

    private static void Conflicts(IReadOnlyList<string> scopes, ResourceQuotaSpec spec, FieldPath path, FieldErrors errors)
    {
        foreach (var (one, other) in Opposites)
        {
            if (scopes.Contains(one) && scopes.Contains(other))
            {
                errors.Invalid(path, spec.Scopes ?? [], "conflicting scopes");
            }
        }
    }

    private static bool IsScope(string scope) => scope is "Terminating" or "NotTerminating" or "BestEffort" or "NotBestEffort"
        or "PriorityClass" or "CrossNamespacePodAffinity" or "VolumeAttributesClass";

    /// <summary>The resources of the quota that objects of the scope don't use.</summary>
    private static IEnumerable<string> NotCounted(ResourceQuotaSpec spec, string scope) => spec.Hard.OrEmpty().Keys
        .Where(name => ResourceNames.IsForQuotas(name) && !Counts(scope, name));

    private static bool Counts(string scope, string resource) => scope switch
    {
        "BestEffort" => resource == "pods",
        "Terminating" or "NotTerminating" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity" => OfPods.Contains(resource),
        "VolumeAttributesClass" => resource is "persistentvolumeclaims" or "requests.storage",
        _ => true,
    };
}
