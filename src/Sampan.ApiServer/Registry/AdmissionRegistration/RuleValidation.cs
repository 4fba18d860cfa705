using Sampan.Api;
using Sampan.Api.AdmissionRegistration.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.AdmissionRegistration;

/// <summary>Checks of which operations on which resources admission looks at. Upstream: pkg/apis/admissionregistration/validation.</summary>
internal static class RuleValidation
{
    private static readonly string[] Operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

    public static void Validate(RuleWithOperations rule, FieldPath path, FieldErrors errors) =>
        Validate(rule.Operations, rule.ApiGroups, rule.ApiVersions, rule.Resources, rule.Scope, path, errors);

    public static void Validate(NamedRuleWithOperations rule, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (index, name) in rule.ResourceNames.OrEmpty().Index())
        {
            var at = path.Child("resourceNames").Index(index);
            errors.Invalid(at, name, Names.IsPathSegmentName(name));
            if (!names.Add(name))
            {
                errors.Duplicate(at, name);
            }
        }
        Validate(rule.Operations, rule.ApiGroups, rule.ApiVersions, rule.Resources, rule.Scope, path, errors);
    }

    private static void Validate(
        List<string>? operations, List<string>? groups, List<string>? versions, List<string>? resources, string? scope,
        FieldPath path, FieldErrors errors)
    {
        Listed(operations, path.Child("operations"), "operations", errors);
        foreach (var (index, operation) in operations.OrEmpty().Index())
        {
            FieldChecks.OneOf(path.Child("operations").Index(index), operation, errors, Operations);
        }
        Listed(groups, path.Child("apiGroups"), "API groups", errors);
        Listed(versions, path.Child("apiVersions"), "API versions", errors);
        foreach (var (index, version) in versions.OrEmpty().Index())
        {
            FieldChecks.Required(path.Child("apiVersions").Index(index), version, errors);
        }
        Resources(resources, path.Child("resources"), errors);
        FieldChecks.OneOf(path.Child("scope"), scope, errors, "*", "Cluster", "Namespaced");
    }

    /// <summary>A list with something in it, where the wildcard stands alone.</summary>
    private static void Listed(List<string>? values, FieldPath path, string what, FieldErrors errors)
    {
        if (values.OrEmpty().Count == 0)
        {
            errors.Required(path);
        }
        else if (values!.Count > 1 && values.Contains("*"))
        {
            errors.Invalid(path, values, $"if '*' is present, must not specify other {what}");
        }
    }

    /// <summary>pods, pods/status, pods/*, */scale, * (all without subresources), */* (all).</summary>
    private static void Resources(List<string>? resources, FieldPath path, FieldErrors errors)
    {
        if (resources is not { Count: > 0 })
        {
            errors.Required(path);
            return;
        }
        var (wholes, subs) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (index, text) in resources.Index())
        {
            FieldChecks.Required(path.Index(index), text, errors);
            if (text.Split('/', 2) is not [var resource, var sub])
            {
                continue;
            }
            if (wholes.Contains(resource))
            {
                errors.Invalid(path.Index(index), text, $"if '{resource}/*' is present, must not specify {text}");
            }
            if (subs.Contains(sub))
            {
                errors.Invalid(path.Index(index), text, $"if '*/{sub}' is present, must not specify {text}");
            }
            if (sub == "*")
            {
                wholes.Add(resource);
            }
            if (resource == "*")
            {
                subs.Add(sub);
            }
        }
        if (resources.Count > 1 && resources.Contains("*/*"))
        {
            errors.Invalid(path, resources, "if '*/*' is present, must not specify other resources");
        }
        if (resources.Contains("*") && resources.Any(one => one is not ("*" or "") && !one.Contains('/', StringComparison.Ordinal)))
        {
            errors.Invalid(path, resources, "if '*' is present, must not specify other resources without subresources");
        }
    }
}
