using Microsoft.AspNetCore.Http;
using Sampan.Api;

namespace Sampan.ApiServer.Authentication;

/// <summary>The headers that name whom a request wants to act as: <c>Impersonate-User</c>, <c>-Group</c>, <c>-Uid</c>, <c>-Extra-…</c>.</summary>
internal static class ImpersonatedUser
{
    private const string UserHeader = "Impersonate-User";
    private const string GroupHeader = "Impersonate-Group";
    private const string UidHeader = "Impersonate-Uid";
    private const string ExtraPrefix = "Impersonate-Extra-";

    /// <summary>Null when nobody is named.</summary>
    public static UserInfo? Requested(IHeaderDictionary headers)
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

    /// <summary>Nothing behind sees that somebody else asked.</summary>
    public static void Strip(IHeaderDictionary headers)
    {
        foreach (var key in headers.Keys.Where(k => k.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase)).ToList())
            headers.Remove(key);
    }

    /// <summary>As upstream shows it: a value of its own language.</summary>
    private static string Shown(List<string> groups, string uid, IReadOnlyDictionary<string, IReadOnlyList<string>> extra)
    {
        static string List(IEnumerable<string> values) => $"[]string{{{string.Join(", ", values.Select(GoText.Quote))}}}";
        var entries = extra.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{GoText.Quote(one.Key)}:{List(one.Value)}");
        return $"&user.DefaultInfo{{Name:\"\", UID:{GoText.Quote(uid)}, Groups:{(groups.Count == 0 ? "[]string(nil)" : List(groups))}, "
            + $"Extra:map[string][]string{(extra.Count == 0 ? "(nil)" : $"{{{string.Join(", ", entries)}}}")}}}";
    }
}
