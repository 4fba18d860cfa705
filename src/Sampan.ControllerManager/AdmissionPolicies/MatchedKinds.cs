using Sampan.Api.AdmissionRegistration.V1;

namespace Sampan.ControllerManager.AdmissionPolicies;

/// <summary>The kinds that a policy names. Rules with wildcards name none, and a rule that names ten is the last to be looked at.</summary>
internal static class MatchedKinds
{
    private const int Most = 10;

    public static List<GroupVersionKind> Of(ValidatingAdmissionPolicy policy, ServedSchemas served)
    {
        var kinds = new HashSet<GroupVersionKind>();
        foreach (var rule in (policy.Spec.MatchConstraints?.ResourceRules).OrEmpty())
        {
            var found = ResourcesOf(rule).SelectMany(served.KindsOf).Take(Most).ToList();
            kinds.UnionWith(found);
            if (found.Count == Most) break;
        }

        return
        [
            .. kinds.OrderBy(k => k.Group, StringComparer.Ordinal).ThenBy(k => k.Version, StringComparer.Ordinal).ThenBy(k => k.Kind, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<GroupVersionResource> ResourcesOf(NamedRuleWithOperations rule)
    {
        if (HasWildcard(rule.ApiGroups) || HasWildcard(rule.ApiVersions)) return [];
        return from @group in rule.ApiGroups.OrEmpty().Order(StringComparer.Ordinal)
               from version in rule.ApiVersions.OrEmpty().Order(StringComparer.Ordinal)
               from resource in rule.Resources.OrEmpty().Order(StringComparer.Ordinal)
               where !resource.Contains('*', StringComparison.Ordinal) && !resource.Contains('/', StringComparison.Ordinal)
               select new GroupVersionResource(@group, version, resource);
    }

    private static bool HasWildcard(List<string>? names) => names.OrEmpty().Any(n => n.Contains('*', StringComparison.Ordinal));
}
