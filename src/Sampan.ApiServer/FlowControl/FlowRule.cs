using Sampan.Api;
using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.FlowControl;

/// <summary>One rule of a flow schema: whose requests, for what.</summary>
internal sealed class FlowRule(PolicyRulesWithSubjects rule)
{
    private const string Any = "*";
    private const string AccountPrefix = "system:serviceaccount:";

    private readonly Subject[] _subjects = [.. rule.Subjects];
    private readonly ResourcePolicyRule[] _resources = [.. rule.ResourceRules.OrEmpty()];
    private readonly NonResourcePolicyRule[] _paths = [.. rule.NonResourceRules.OrEmpty()];

    public bool Matches(UserInfo user, RequestInfo request) =>
        (request.IsResourceRequest ? MatchesResource(request) : MatchesPath(request)) && MatchesUser(user);

    private bool MatchesUser(UserInfo user)
    {
        foreach (var subject in _subjects)
            if (Matches(subject, user))
                return true;
        return false;
    }

    private static bool Matches(Subject subject, UserInfo user) => subject.Kind switch
    {
        "User" => subject.User is { } one && (one.Name == Any || one.Name == user.Name),
        "Group" => subject.Group is { } group && (group.Name == Any || user.IsInGroup(group.Name)),
        "ServiceAccount" => subject.ServiceAccount is { } account && IsAccount(user.Name, account),
        _ => false,
    };

    private static bool IsAccount(string user, ServiceAccountSubject account)
    {
        if (!user.StartsWith(AccountPrefix, StringComparison.Ordinal)) return false;
        var rest = user.AsSpan(AccountPrefix.Length);
        int colon = rest.IndexOf(':');
        return colon > 0 && rest[..colon].SequenceEqual(account.Namespace) && (account.Name == Any || rest[(colon + 1)..].SequenceEqual(account.Name));
    }

    private bool MatchesResource(RequestInfo request)
    {
        foreach (var rule in _resources)
            if (Has(rule.Verbs, request.Verb) && Has(rule.ApiGroups, request.ApiGroup) && HasResource(rule.Resources, request) && HasScope(rule, request))
                return true;
        return false;
    }

    private static bool HasScope(ResourcePolicyRule rule, RequestInfo request) =>
        request.Namespace.Length == 0 ? rule.ClusterScope == true : rule.Namespaces is { Count: > 0 } namespaces && Has(namespaces, request.Namespace);

    private static bool HasResource(List<string> resources, RequestInfo request)
    {
        foreach (string resource in resources)
            if (resource == Any || IsSame(resource, request))
                return true;
        return false;
    }

    private static bool IsSame(string resource, RequestInfo request)
    {
        if (request.Subresource.Length == 0) return resource == request.Resource;
        int slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && resource.AsSpan(0, slash).SequenceEqual(request.Resource) && resource.AsSpan(slash + 1).SequenceEqual(request.Subresource);
    }

    private bool MatchesPath(RequestInfo request)
    {
        foreach (var rule in _paths)
            if (Has(rule.Verbs, request.Verb) && HasPath(rule.NonResourceURLs, request.Path))
                return true;
        return false;
    }

    private static bool HasPath(List<string> patterns, string path)
    {
        foreach (string pattern in patterns)
            if (pattern == Any || pattern == path || (pattern.EndsWith('*') && path.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1))))
                return true;
        return false;
    }

    private static bool Has(List<string> values, string value)
    {
        foreach (string one in values)
            if (one == Any || one == value)
                return true;
        return false;
    }
}
