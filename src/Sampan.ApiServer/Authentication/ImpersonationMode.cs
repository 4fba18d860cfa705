using Sampan.Api;

namespace Sampan.ApiServer.Authentication;

/// <summary>
/// One way to be allowed to act as another. The constrained ones ask two questions: whether the user may do this verb while
/// impersonating (<c>impersonate-on:mode:verb</c>), and whom it may impersonate (<c>impersonate:mode</c>). The old verb
/// <c>impersonate</c> allows everything that the other may do.
/// </summary>
/// <param name="Name">Part of the verbs; empty for the old way.</param>
/// <param name="Applies">Whether the wanted user is one of this mode's, for the one who asks.</param>
internal sealed record ImpersonationMode(string Name, Func<UserInfo, UserInfo, bool> Applies)
{
    /// <summary>In the order in which they are tried.</summary>
    public static IReadOnlyList<ImpersonationMode> All { get; } =
    [
        new("associated-node", (wanted, asks) => OnlyNamed(wanted) && NodeOf(wanted.Name) is { } node && IsOnNode(asks, node)) { IsOwnNode = true },
        new("arbitrary-node", (wanted, _) => OnlyNamed(wanted) && NodeOf(wanted.Name) is not null),
        new("serviceaccount", (wanted, _) => OnlyNamed(wanted) && IsAccount(wanted.Name)),
        new("user-info", (wanted, _) => NodeOf(wanted.Name) is null && !IsAccount(wanted.Name)),
        new("", (_, _) => true),
    ];

    public bool IsConstrained => Name.Length > 0;

    /// <summary>The permission is one for the node on which the service account runs, whichever that is.</summary>
    public bool IsOwnNode { get; private init; }

    public string Verb => IsConstrained ? $"impersonate:{Name}" : "impersonate";

    /// <summary>The group in which users, groups, nodes and service accounts are asked for.</summary>
    public string Group => IsConstrained ? "authentication.k8s.io" : "";

    public string VerbOf(string verb) => $"impersonate-on:{Name}:{verb}";

    /// <summary>The node's name in <c>system:node:name</c>, or null.</summary>
    public static string? NodeOf(string user) =>
        user.StartsWith(UserNames.NodePrefix, StringComparison.Ordinal) && Names.IsDns1123Subdomain(user[UserNames.NodePrefix.Length..]).Count == 0
            ? user[UserNames.NodePrefix.Length..]
            : null;

    /// <summary>Whether it is a service account whose token is bound to a pod on the node.</summary>
    public static bool IsOnNode(UserInfo user, string node) =>
        IsAccount(user.Name) && user.Extra.GetValueOrDefault(UserNames.NodeNameKey) is [var bound] && bound == node;

    private static bool IsAccount(string user) => UserNames.TrySplitServiceAccount(user, out _, out _);

    private static bool OnlyNamed(UserInfo user) => user.Uid.Length == 0 && user.Groups.Count == 0 && user.Extra.Count == 0;
}
