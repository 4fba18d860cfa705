namespace Sampan.ApiServer.Authentication;

/// <summary>Who makes a request: a name, a UID, groups, and what the authenticator adds.</summary>
public sealed record UserInfo
{
    private static readonly Dictionary<string, IReadOnlyList<string>> NoExtra = [];

    public UserInfo(
        string name,
        IReadOnlyList<string>? groups = null,
        string uid = "",
        IReadOnlyDictionary<string, IReadOnlyList<string>>? extra = null)
    {
        Name = name;
        Uid = uid;
        Groups = groups ?? [];
        Extra = extra ?? NoExtra;
    }

    public string Name { get; init; }

    /// <summary>Empty when the authenticator knows none.</summary>
    public string Uid { get; init; }

    public IReadOnlyList<string> Groups { get; init; }

    /// <summary>Keys are lower case, with a domain prefix.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; }

    /// <summary>The user of a request without credentials.</summary>
    public static UserInfo Anonymous { get; } = new(UserNames.Anonymous, [UserNames.UnauthenticatedGroup]);

    public bool IsInGroup(string group)
    {
        for (var i = 0; i < Groups.Count; i++)
            if (Groups[i] == group)
                return true;
        return false;
    }

    /// <summary>The same user, also in <c>system:authenticated</c>, unless anonymous or already there.</summary>
    public UserInfo Authenticated() =>
        Name == UserNames.Anonymous || IsInGroup(UserNames.AuthenticatedGroup) || IsInGroup(UserNames.UnauthenticatedGroup)
            ? this
            : this with { Groups = [.. Groups, UserNames.AuthenticatedGroup] };
}
