using Sampan.Api;
using Sampan.ApiServer.Authorization;
using Sampan.ApiServer.Registry.Validation;

namespace Sampan.ApiServer.Authentication;

/// <summary>
/// Lets a user act as another where one of the <see cref="ImpersonationMode"/>s allows it. A refusal tells what the first mode missed.
/// Upstream: staging/src/k8s.io/apiserver/pkg/endpoints/filters/impersonation.
/// </summary>
internal sealed class Impersonation(IAuthorizer authorizer)
{
    private const string AuthenticationGroup = "authentication.k8s.io";

    /// <summary>From this many questions on a permission for all is asked for first.</summary>
    private const int Many = 4;

    /// <param name="wanted">As the headers name it.</param>
    /// <param name="request">What the one who asks wants to do.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    /// <returns>The user to go on with and the verb that allowed it, which is empty for the old one. Throws Forbidden.</returns>
    public async ValueTask<(UserInfo User, string Constraint)> ApplyAsync(
        UserInfo wanted, AuthorizerAttributes request, CancellationToken cancellationToken)
    {
        StatusException? first = null;
        foreach (var mode in ImpersonationMode.All.Where(mode => mode.Applies(wanted, request.User)))
        {
            var refusal = await RefusalAsync(mode, wanted, request, cancellationToken);
            if (refusal is null)
                return (WithImpliedGroups(mode, wanted), mode.IsConstrained ? mode.Verb : "");
            first ??= refusal;
        }

        throw first!;
    }

    private async ValueTask<StatusException?> RefusalAsync(
        ImpersonationMode mode, UserInfo wanted, AuthorizerAttributes request, CancellationToken cancellationToken)
    {
        var requester = mode.IsOwnNode ? WithoutExtra(request.User) : request.User;
        if (mode.IsConstrained
            && await AskAsync(request with { User = requester, Verb = mode.VerbOf(request.Verb) }, cancellationToken) is { } refused)
            return refused;
        return await AskAsync(NameQuestion(mode, requester, wanted.Name), cancellationToken)
            ?? await AskUidAsync(mode, requester, wanted.Uid, cancellationToken)
            ?? await AskGroupsAsync(mode, requester, wanted.Groups, cancellationToken)
            ?? await AskExtraAsync(mode, requester, wanted.Extra, cancellationToken);
    }

    private static AuthorizerAttributes NameQuestion(ImpersonationMode mode, UserInfo requester, string name)
    {
        if (UserNames.TrySplitServiceAccount(name, out var ns, out var account))
            return Question(mode, requester, mode.Group, "serviceaccounts", account, ns);
        if (mode.IsConstrained && ImpersonationMode.NodeOf(name) is { } node)
            return Question(mode, requester, mode.Group, "nodes", mode.IsOwnNode ? "*" : node);
        return Question(mode, requester, mode.Group, "users", name);
    }

    private async ValueTask<StatusException?> AskUidAsync(ImpersonationMode mode, UserInfo requester, string uid, CancellationToken cancellationToken) =>
        uid.Length == 0 ? null : await AskAsync(Question(mode, requester, AuthenticationGroup, "uids", uid), cancellationToken);

    private async ValueTask<StatusException?> AskGroupsAsync(
        ImpersonationMode mode, UserInfo requester, IReadOnlyList<string> groups, CancellationToken cancellationToken)
    {
        AuthorizerAttributes Of(string group) => Question(mode, requester, mode.Group, "groups", group);
        if (mode.IsConstrained && groups.Contains(""))
            return ForbiddenTexts.Exception(Of(""), "impersonating the empty string group is not allowed");
        if (mode.IsConstrained && groups.Contains(UserNames.MastersGroup))
            return ForbiddenTexts.Exception(Of(UserNames.MastersGroup), "impersonating the system:masters group is not allowed");
        if (mode.IsConstrained && groups.Count >= Many && await AskAsync(Of("*"), cancellationToken) is null)
            return null;
        return await AskEachAsync(groups.Select(Of), cancellationToken);
    }

    private async ValueTask<StatusException?> AskExtraAsync(
        ImpersonationMode mode, UserInfo requester, IReadOnlyDictionary<string, IReadOnlyList<string>> extra, CancellationToken cancellationToken)
    {
        AuthorizerAttributes Of(string key, string value) => Question(mode, requester, AuthenticationGroup, "userextras", value, subresource: key);
        if (mode.IsConstrained && extra.Select(Complaint).FirstOrDefault(text => text is not null) is { } complaint)
            return ForbiddenTexts.Exception(Of("", ""), complaint);
        var many = extra.Count >= Many || extra.Sum(one => one.Value.Count) >= Many;
        if (mode.IsConstrained && many && await AskAsync(Of("*", "*"), cancellationToken) is null)
            return null;
        return await AskEachAsync(extra.SelectMany(one => one.Value.Select(value => Of(one.Key, value))), cancellationToken);
    }

    private static string? Complaint(KeyValuePair<string, IReadOnlyList<string>> extra)
    {
        if (extra.Key.Length == 0)
            return "impersonating the empty string key in extra is not allowed";
        var errors = new FieldErrors();
        FieldChecks.DomainPrefixedPath(FieldPath.Of("extra", "key"), extra.Key, errors);
        if (errors.Count > 0)
            return $"impersonating an invalid key in extra is not allowed: {errors}";
        if (extra.Value.Count == 0)
            return "impersonating empty values in extra is not allowed";
        return extra.Value.Contains("") ? "impersonating the empty string value in extra is not allowed" : null;
    }

    private async ValueTask<StatusException?> AskEachAsync(IEnumerable<AuthorizerAttributes> questions, CancellationToken cancellationToken)
    {
        foreach (var question in questions)
            if (await AskAsync(question, cancellationToken) is { } refused)
                return refused;
        return null;
    }

    private async ValueTask<StatusException?> AskAsync(AuthorizerAttributes question, CancellationToken cancellationToken)
    {
        var decision = await authorizer.AuthorizeAsync(question, cancellationToken);
        return decision.IsAllowed ? null : ForbiddenTexts.Exception(question, decision.Reason);
    }

    private static AuthorizerAttributes Question(
        ImpersonationMode mode, UserInfo requester, string group, string resource, string name, string ns = "", string subresource = "") =>
        AuthorizerAttributes.ForResource(requester, mode.Verb, group, resource, ns, name, subresource);

    /// <summary>The answer for one's own node is the same on every node: what tells them apart is left out.</summary>
    private static UserInfo WithoutExtra(UserInfo user) => user with
    {
        Extra = new Dictionary<string, IReadOnlyList<string>>
        {
            ["authentication.kubernetes.io/associated-node-keys"] = [.. user.Extra.Keys.Order(StringComparer.Ordinal)],
        },
    };

    private static UserInfo WithImpliedGroups(ImpersonationMode mode, UserInfo user)
    {
        if (user.Groups.Count == 0 && UserNames.TrySplitServiceAccount(user.Name, out var ns, out _))
            user = user with { Groups = UserNames.ServiceAccountGroups(ns) };
        if (mode.IsConstrained && ImpersonationMode.NodeOf(user.Name) is not null)
            user = user with { Groups = [UserNames.NodesGroup] };
        if (user.Name == UserNames.Anonymous && !user.IsInGroup(UserNames.UnauthenticatedGroup))
            return user with { Groups = [.. user.Groups, UserNames.UnauthenticatedGroup] };
        return user.Authenticated();
    }
}
