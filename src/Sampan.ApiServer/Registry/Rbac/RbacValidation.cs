using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.Rbac;

/// <summary>Checks of roles and bindings.</summary>
internal static class RbacValidation
{
    public static void Rules(List<PolicyRule>? rules, bool namespaced, FieldErrors errors)
    {
        foreach (var (index, rule) in rules.OrEmpty().Index())
        {
            Rule(rule, namespaced, FieldPath.Of("rules").Index(index), errors);
        }
    }

    public static void ClusterRole(ClusterRole role, ClusterRole? old, FieldErrors errors)
    {
        Rules(role.Rules, false, errors);
        if (role.AggregationRule is not { } aggregation)
        {
            return;
        }
        var path = FieldPath.Of("aggregationRule").Child("clusterRoleSelectors");
        if (aggregation.ClusterRoleSelectors.OrEmpty().Count == 0)
        {
            errors.Required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
        }
        foreach (var (index, selector) in aggregation.ClusterRoleSelectors.OrEmpty().Index())
        {
            var before = errors.Count;
            LabelSelectorValidation.Validate(selector, path.Index(index), errors, (old?.AggregationRule?.ClusterRoleSelectors).OrEmpty());
            if (errors.Count > before)
            {
                errors.Invalid(path.Index(index), null, "invalid label selector.");
            }
        }
    }

    /// <param name="old">The role before an update: a binding keeps it.</param>
    public static void Binding(RoleRef role, RoleRef? old, List<Subject>? subjects, bool namespaced, FieldErrors errors)
    {
        var path = FieldPath.Of("roleRef");
        if (role.ApiGroup != RbacDefaults.Group)
        {
            errors.NotSupported(path.Child("apiGroup"), role.ApiGroup, RbacDefaults.Group);
        }
        string[] kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
        if (!kinds.Contains(role.Kind))
        {
            errors.NotSupported(path.Child("kind"), role.Kind, kinds);
        }
        if (role.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else
        {
            errors.Invalid(path.Child("name"), role.Name, NameChecks.PathSegment(role.Name, false));
        }
        foreach (var (index, subject) in subjects.OrEmpty().Index())
        {
            ValidateSubject(subject, namespaced, FieldPath.Of("subjects").Index(index), errors);
        }
        if (old is not null && !role.DeepEquals(old))
        {
            errors.Invalid(FieldPath.Of("roleRef"), role, "cannot change roleRef");
        }
    }

    private static void Rule(PolicyRule rule, bool namespaced, FieldPath path, FieldErrors errors)
    {
        if (rule.Verbs.Count == 0)
        {
            errors.Required(path.Child("verbs"), "verbs must contain at least one value");
        }
        if (rule.NonResourceURLs.OrEmpty().Count > 0)
        {
            if (namespaced)
            {
                errors.Invalid(path.Child("nonResourceURLs"), rule.NonResourceURLs, "namespaced rules cannot apply to non-resource URLs");
            }
            if (rule.ApiGroups.OrEmpty().Count + rule.Resources.OrEmpty().Count + rule.ResourceNames.OrEmpty().Count > 0)
            {
                errors.Invalid(
                    path.Child("nonResourceURLs"), rule.NonResourceURLs, "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        if (rule.ApiGroups.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group");
        }
        if (rule.Resources.OrEmpty().Count == 0)
        {
            errors.Required(path.Child("resources"), "resource rules must supply at least one resource");
        }
    }

    private static void ValidateSubject(Subject subject, bool namespaced, FieldPath path, FieldErrors errors)
    {
        if (subject.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        switch (subject.Kind)
        {
            case "ServiceAccount":
                if (subject.Name.Length > 0)
                {
                    errors.Invalid(path.Child("name"), subject.Name, Names.IsDns1123Subdomain(subject.Name));
                }
                if (!string.IsNullOrEmpty(subject.ApiGroup))
                {
                    errors.NotSupported(path.Child("apiGroup"), subject.ApiGroup, "");
                }
                if (!namespaced && string.IsNullOrEmpty(subject.Namespace))
                {
                    errors.Required(path.Child("namespace"));
                }
                break;
            case "User" or "Group":
                if (subject.ApiGroup != RbacDefaults.Group)
                {
                    errors.NotSupported(path.Child("apiGroup"), subject.ApiGroup, RbacDefaults.Group);
                }
                break;
            default:
                errors.NotSupported(path.Child("kind"), subject.Kind, "ServiceAccount", "User", "Group");
                break;
        }
    }
}
