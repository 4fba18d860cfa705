using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Authorization;

namespace Sampan.ApiServer.Authentication;

/// <summary>
/// Lets a user act as another: <c>Impersonate-User</c>, <c>-Group</c>, <c>-Uid</c>, <c>-Extra-…</c>.
/// Each of them is authorized as the verb <c>impersonate</c> on a resource of its own.
/// Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation.
/// </summary>
internal sealed class Impersonation(IAuthorizer authorizer)
{
    private const string UserHeader = "Impersonate-User";
    private const string GroupHeader = "Impersonate-Group";
    private const string UidHeader = "Impersonate-Uid";
    private const string ExtraPrefix = "Impersonate-Extra-";
    private const string AuthenticationGroup = "authentication.k8s.io";

    /// <summary>The user to go on with; the same when nothing is impersonated. Throws Forbidden.</summary>
    public async ValueTask<UserInfo> ApplyAsync(HttpContext context, UserInfo requester, CancellationToken cancellationToken)
    {
        if (Requested(context.Request.Headers) is not { } wanted)
            return requester;
        foreach (var question in Questions(requester, wanted))
        {
            var decision = await authorizer.AuthorizeAsync(question, cancellationToken);
            if (!decision.IsAllowed)
                throw ForbiddenTexts.Exception(question, decision.Reason);
        }

        Strip(context.Request.Headers);
        return WithImpliedGroups(wanted);
    }

    private static UserInfo? Requested(IHeaderDictionary headers)
    {
        var name = headers[UserHeader].ToString();
        var groups = headers[GroupHeader].OfType<string>().ToList();
        var uid = headers[UidHeader].ToString();
        var extra = ExtraHeaders.Read(headers, ExtraPrefix);
        if (name.Length > 0)
            return new UserInfo(name, groups, uid, extra);
        if (groups.Count + extra.Count > 0 || uid.Length > 0)
            throw StatusException.BadRequest($"requested {Shown(groups, uid, extra)} without impersonating a user name");
        return null;
    }

    /// <summary>As upstream shows it: a value of its own language.</summary>
    private static string Shown(List<string> groups, string uid, IReadOnlyDictionary<string, IReadOnlyList<string>> extra)
    {
        static string List(IEnumerable<string> values) => $"[]string{{{string.Join(", ", values.Select(GoText.Quote))}}}";
        var entries = extra.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{GoText.Quote(one.Key)}:{List(one.Value)}");
        return $"&user.DefaultInfo{{Name:\"\", UID:{GoText.Quote(uid)}, Groups:{(groups.Count == 0 ? "[]string(nil)" : List(groups))}, "
            + $"Extra:map[string][]string{(extra.Count == 0 ? "(nil)" : $"{{{string.Join(", ", entries)}}}")}}}";
    }

    private static IEnumerable<AuthorizerAttributes> Questions(UserInfo requester, UserInfo wanted)
    {
        yield return UserNames.TrySplitServiceAccount(wanted.Name, out var ns, out var name)
            ? AuthorizerAttributes.ForResource(requester, "impersonate", "", "serviceaccounts", ns, name)
            : AuthorizerAttributes.ForResource(requester, "impersonate", "", "users", name: wanted.Name);
        foreach (var group in wanted.Groups)
            yield return AuthorizerAttributes.ForResource(requester, "impersonate", "", "groups", name: group);
        foreach (var (key, values) in wanted.Extra)
            foreach (var value in values)
                yield return AuthorizerAttributes.ForResource(requester, "impersonate", AuthenticationGroup, "userextras", name: value, subresource: key);
        if (wanted.Uid.Length > 0)
            yield return AuthorizerAttributes.ForResource(requester, "impersonate", AuthenticationGroup, "uids", name: wanted.Uid);
    }

    private static UserInfo WithImpliedGroups(UserInfo user)
    {
        if (user.Groups.Count == 0 && UserNames.TrySplitServiceAccount(user.Name, out var ns, out _))
            user = user with { Groups = UserNames.ServiceAccountGroups(ns) };
        if (user.Name == UserNames.Anonymous && !user.IsInGroup(UserNames.UnauthenticatedGroup))
            return user with { Groups = [.. user.Groups, UserNames.UnauthenticatedGroup] };
        return user.Authenticated();
    }

    private static void Strip(IHeaderDictionary headers)
    {
        foreach (var key in headers.Keys.Where(k => k.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase)).ToList())
            headers.Remove(key);
    }
}
