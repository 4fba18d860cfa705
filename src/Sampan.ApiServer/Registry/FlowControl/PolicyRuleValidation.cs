using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Registry.FlowControl;

/// <summary>Checks of which requests a flow schema is for. Upstream: pkg/apis/flowcontrol/validation.</summary>
internal static class PolicyRuleValidation
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"];

    public static void Validate(PolicyRulesWithSubjects rule, FieldPath path, FieldErrors errors)
    {
        if (rule.Subjects.Count == 0)
        {
            errors.Required(path.Child("subjects"), "subjects must contain at least one value");
        }
        foreach (var (index, subject) in rule.Subjects.Index())
        {
            ValidateSubject(subject, path.Child("subjects").Index(index), errors);
        }
        if (rule.ResourceRules.OrEmpty().Count + rule.NonResourceRules.OrEmpty().Count == 0)
        {
            errors.Required(path, "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        foreach (var (index, one) in rule.ResourceRules.OrEmpty().Index())
        {
            ValidateResources(one, path.Child("resourceRules").Index(index), errors);
        }
        foreach (var (index, one) in rule.NonResourceRules.OrEmpty().Index())
        {
            ValidateUrls(one, path.Child("nonResourceRules").Index(index), errors);
        }
    }

    private static void ValidateSubject(Subject subject, FieldPath path, FieldErrors errors)
    {
        if (subject.Kind is not ("Group" or "ServiceAccount" or "User"))
        {
            errors.NotSupported(path.Child("kind"), subject.Kind, "Group", "ServiceAccount", "User");
            return;
        }
        (string Kind, string Field, bool IsThere)[] parts =
        [
            ("ServiceAccount", "serviceAccount", subject.ServiceAccount is not null),
            ("User", "user", subject.User is not null),
            ("Group", "group", subject.Group is not null),
        ];
        var own = parts.First(part => part.Kind == subject.Kind);
        if (!own.IsThere)
        {
            errors.Required(path.Child(own.Field), $"{own.Field} is required when subject kind is '{own.Kind}'");
        }
        ValidateNames(subject, path, errors);
        foreach (var other in parts.Where(part => part.Kind != subject.Kind && part.IsThere))
        {
            errors.Forbidden(path.Child(other.Field), $"{other.Field} is forbidden when subject kind is not '{other.Kind}'");
        }
    }

    private static void ValidateNames(Subject subject, FieldPath path, FieldErrors errors)
    {
        if (subject is { Kind: "ServiceAccount", ServiceAccount: { } account })
        {
            ValidateAccount(account, path.Child("serviceAccount"), errors);
        }
        else if (subject is { Kind: "User", User: { } user })
        {
            FieldChecks.Required(path.Child("user").Child("name"), user.Name, errors);
        }
        else if (subject is { Kind: "Group", Group: { } group })
        {
            FieldChecks.Required(path.Child("group").Child("name"), group.Name, errors);
        }
    }

    private static void ValidateAccount(ServiceAccountSubject account, FieldPath path, FieldErrors errors)
    {
        FieldChecks.Required(path.Child("name"), account.Name, errors);
        if (account.Name is not ("" or "*"))
        {
            errors.Invalid(path.Child("name"), account.Name, Names.IsDns1123Subdomain(account.Name));
        }
        FieldChecks.Required(path.Child("namespace"), account.Namespace, errors, "must specify namespace for service account");
        if (account.Namespace.Length > 0)
        {
            errors.Invalid(path.Child("namespace"), account.Namespace, Names.IsDns1123Label(account.Namespace));
        }
    }

    private static void ValidateVerbs(List<string> verbs, FieldPath path, FieldErrors errors)
    {
        if (verbs.Count == 0)
        {
            errors.Required(path, "verbs must contain at least one value");
        }
        else if (!Alone(verbs, path, "verbs", errors) && !verbs.All(Verbs.Contains))
        {
            errors.NotSupported(path, verbs, Verbs);
        }
    }

    /// <summary>Whether the list has the wildcard, which then stands alone.</summary>
    private static bool Alone(List<string>? values, FieldPath path, string what, FieldErrors errors)
    {
        if (!values.OrEmpty().Contains("*"))
        {
            return false;
        }
        if (values!.Count > 1)
        {
            errors.Invalid(path, values, $"if '*' is present, must not specify other {what}");
        }
        return true;
    }

    private static void ValidateResources(ResourcePolicyRule rule, FieldPath path, FieldErrors errors)
    {
        ValidateVerbs(rule.Verbs, path.Child("verbs"), errors);
        if (rule.ApiGroups.Count == 0)
        {
            errors.Required(path.Child("apiGroups"), "resource rules must supply at least one api group");
        }
        Alone(rule.ApiGroups, path.Child("apiGroups"), "api groups", errors);
        if (rule.Resources.Count == 0)
        {
            errors.Required(path.Child("resources"), "resource rules must supply at least one resource");
        }
        Alone(rule.Resources, path.Child("resources"), "resources", errors);
        if (rule.Namespaces.OrEmpty().Count == 0 && !rule.ClusterScope)
        {
            errors.Required(path.Child("namespaces"), "resource rules that are not cluster scoped must supply at least one namespace");
        }
        else if (!Alone(rule.Namespaces, path.Child("namespaces"), "namespaces", errors))
        {
            foreach (var (index, ns) in rule.Namespaces.OrEmpty().Index())
            {
                errors.Invalid(
                    path.Child("namespaces").Index(index), ns,
                    Names.IsDns1123Label(ns).Select(wrong => $"each member of this list must be '*' or a DNS-1123 label; {wrong}"));
            }
        }
    }

    private static void ValidateUrls(NonResourcePolicyRule rule, FieldPath path, FieldErrors errors)
    {
        ValidateVerbs(rule.Verbs, path.Child("verbs"), errors);
        var at = path.Child("nonResourceURLs");
        if (rule.NonResourceURLs.Count == 0)
        {
            errors.Required(at, "nonResourceURLs must contain at least one value");
        }
        else if (!Alone(rule.NonResourceURLs, at, "non-resource URLs", errors))
        {
            foreach (var (index, url) in rule.NonResourceURLs.Index())
            {
                if (ComplaintAbout(url) is { } complaint)
                {
                    errors.Invalid(at.Index(index), url, complaint);
                }
            }
        }
    }

    private static string? ComplaintAbout(string url)
    {
        var star = url.IndexOf('*', StringComparison.Ordinal);
        return url switch
        {
            "" => "must not be empty",
            "/" => null,
            _ when url[0] != '/' => "must start with slash",
            _ when url.Contains(' ', StringComparison.Ordinal) => "must not contain white-space",
            _ when url.Contains("//", StringComparison.Ordinal) => "must not contain double slash",
            _ when star >= 0 && (star != url.Length - 1 || url[^2] != '/') => "wildcard can only do suffix matching",
            _ => null,
        };
    }
}
