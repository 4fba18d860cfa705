using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.Audit;

/// <summary>The rules in their order: the first that covers a request says how much is recorded; none: nothing.</summary>
internal sealed class AuditPolicy(IReadOnlyList<AuditRule> rules)
{
    private static readonly AuditRule Nothing = new(AuditLevel.None);

    public AuditRule RuleFor(UserInfo user, RequestInfo info) => rules.FirstOrDefault(rule => Covers(rule, user, info)) ?? Nothing;

    private static bool Covers(AuditRule rule, UserInfo user, RequestInfo info)
    {
        if ((rule.Users.Count > 0 && !rule.Users.Contains(user.Name))
            || (rule.UserGroups.Count > 0 && !rule.UserGroups.Any(user.IsInGroup))
            || (rule.Verbs.Count > 0 && !rule.Verbs.Contains(info.Verb)))
        {
            return false;
        }
        if (rule.Namespaces.Count > 0 || rule.Resources.Count > 0)
        {
            return CoversResource(rule, info);
        }
        return rule.NonResourceUrls.Count == 0 || (!info.IsResourceRequest && rule.NonResourceUrls.Any(url => IsUrl(url, info.Path)));
    }

    private static bool CoversResource(AuditRule rule, RequestInfo info) =>
        info.IsResourceRequest
        && (rule.Namespaces.Count == 0 || rule.Namespaces.Contains(info.Namespace))
        && (rule.Resources.Count == 0 || rule.Resources.Any(resources => Names(resources, info)));

    private static bool Names(AuditResources resources, RequestInfo info)
    {
        if (resources.Group != info.ApiGroup)
        {
            return false;
        }
        var combined = info.Subresource.Length == 0 ? info.Resource : $"{info.Resource}/{info.Subresource}";
        return resources.Resources.Count == 0
            || ((resources.Names.Count == 0 || resources.Names.Contains(info.Name)) && resources.Resources.Any(text => IsResource(text, combined, info)));
    }

    private static bool IsResource(string text, string combined, RequestInfo info) =>
        text == "*" || text == combined
        || (text.StartsWith("*/", StringComparison.Ordinal) && info.Subresource.Length > 0 && text[2..] == info.Subresource)
        || (text.EndsWith("/*", StringComparison.Ordinal) && text[..^2] == info.Resource);

    private static bool IsUrl(string url, string path) =>
        url == "*" || url == path || (url.EndsWith('*') && path.StartsWith(url[..^1], StringComparison.Ordinal));
}
