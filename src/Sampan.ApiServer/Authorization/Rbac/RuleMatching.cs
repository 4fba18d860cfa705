using Sampan.Api;
using Sampan.Api.Rbac.V1;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>Whether one rule of a role covers a request.</summary>
internal static class RuleMatching
{
    public static bool Allows(this PolicyRule rule, AuthorizerAttributes request) =>
        request.IsResourceRequest
            ? AllowsVerb(rule, request.Verb) && AllowsGroup(rule, request.ApiGroup)
                && AllowsResource(rule, request.CombinedResource, request.Subresource) && AllowsName(rule, request.Name)
            : AllowsVerb(rule, request.Verb) && AllowsPath(rule, request.Path);

    private static bool AllowsVerb(PolicyRule rule, string verb) => HasOrAll(rule.Verbs, verb);

    private static bool AllowsGroup(PolicyRule rule, string group) => rule.ApiGroups is { } groups && HasOrAll(groups, group);

    /// <summary>A rule names <c>pods</c>, <c>pods/log</c>, <c>*/scale</c> for one subresource of anything, or <c>*</c>.</summary>
    private static bool AllowsResource(PolicyRule rule, string combined, string subresource)
    {
        foreach (var resource in rule.Resources.OrEmpty())
        {
            if (resource == "*" || resource == combined)
                return true;
            if (subresource.Length > 0 && resource.Length == subresource.Length + 2
                && resource.StartsWith("*/", StringComparison.Ordinal) && resource.EndsWith(subresource, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool AllowsName(PolicyRule rule, string name) =>
        rule.ResourceNames is not { Count: > 0 } names || names.Contains(name);

    private static bool AllowsPath(PolicyRule rule, string path)
    {
        foreach (var allowed in rule.NonResourceURLs.OrEmpty())
        {
            if (allowed == "*" || allowed == path)
                return true;
            if (allowed.EndsWith('*') && path.StartsWith(allowed.TrimEnd('*'), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool HasOrAll(List<string> values, string wanted)
    {
        foreach (var value in values)
            if (value == "*" || value == wanted)
                return true;
        return false;
    }
}
