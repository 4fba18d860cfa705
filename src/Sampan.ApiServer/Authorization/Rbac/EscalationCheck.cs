using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using static Sampan.Api.GoText;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>
/// Nobody grants more than they hold. Writing a role needs all its permissions, or the verb <c>escalate</c> on it;
/// writing a binding needs all permissions of the role, or the verb <c>bind</c> on it. <c>system:masters</c> may always.
/// </summary>
internal sealed class EscalationCheck(IAuthorizer authorizer, RbacAuthorizer rbac)
{
    private const string Group = "rbac.authorization.k8s.io";

    private static readonly PolicyRule[] FullAuthority =
    [
        new() { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
        new() { Verbs = ["*"], NonResourceURLs = ["*"] },
    ];

    /// <summary>Throws Forbidden when the user may not give the cluster role these rules.</summary>
    public async ValueTask CheckClusterRoleAsync(UserInfo user, ClusterRole role, CancellationToken cancellationToken)
    {
        var resource = new GroupResource(Group, "clusterroles");
        var name = role.Metadata.Name ?? "";
        if (await MayEscalateAsync(user, resource.Resource, "", name, cancellationToken))
            return;
        if (Escalation(user, "", role.Rules.OrEmpty()) is { } escalation)
            throw StatusException.Forbidden(resource, name, escalation);
        if (role.AggregationRule?.ClusterRoleSelectors is { Count: > 0 } && Escalation(user, "", FullAuthority) is not null)
            throw StatusException.Forbidden(resource, name, "must have cluster-admin privileges to use the aggregationRule");
    }

    /// <summary>Throws Forbidden when the user may not give the role these rules.</summary>
    public async ValueTask CheckRoleAsync(UserInfo user, Role role, CancellationToken cancellationToken)
    {
        var (ns, name) = (role.Metadata.Namespace ?? "", role.Metadata.Name ?? "");
        if (await MayEscalateAsync(user, "roles", ns, name, cancellationToken))
            return;
        if (Escalation(user, ns, role.Rules.OrEmpty()) is { } escalation)
            throw StatusException.Forbidden(new GroupResource(Group, "roles"), name, escalation);
    }

    /// <summary>Throws Forbidden when the user may not bind the role, NotFound when there is none.</summary>
    public ValueTask CheckBindingAsync(UserInfo user, ClusterRoleBinding binding, CancellationToken cancellationToken) =>
        CheckBindingAsync(user, "clusterrolebindings", "", binding.Metadata.Name ?? "", binding.RoleRef, cancellationToken);

    /// <inheritdoc cref="CheckBindingAsync(UserInfo, ClusterRoleBinding, CancellationToken)"/>
    public ValueTask CheckBindingAsync(UserInfo user, RoleBinding binding, CancellationToken cancellationToken) =>
        CheckBindingAsync(
            user, "rolebindings", binding.Metadata.Namespace ?? "", binding.Metadata.Name ?? "", binding.RoleRef, cancellationToken);

    private async ValueTask CheckBindingAsync(
        UserInfo user, string resource, string ns, string name, RoleRef role, CancellationToken cancellationToken)
    {
        if (user.IsInGroup(UserNames.MastersGroup) || await MayBindAsync(user, role, ns, cancellationToken))
            return;
        var (rules, _) = rbac.RulesOf(role, ns);
        if (rules is null)
            throw StatusException.NotFound(new GroupResource(Group, RoleResource(role)), role.Name);
        if (Escalation(user, ns, rules) is { } escalation)
            throw StatusException.Forbidden(new GroupResource(Group, resource), name, escalation);
    }

    private async ValueTask<bool> MayEscalateAsync(
        UserInfo user, string resource, string ns, string name, CancellationToken cancellationToken) =>
        user.IsInGroup(UserNames.MastersGroup) || (await authorizer.AuthorizeAsync(
            AuthorizerAttributes.ForResource(user, "escalate", Group, resource, ns, name), cancellationToken)).IsAllowed;

    private async ValueTask<bool> MayBindAsync(UserInfo user, RoleRef role, string ns, CancellationToken cancellationToken) =>
        (await authorizer.AuthorizeAsync(
            AuthorizerAttributes.ForResource(user, "bind", Group, RoleResource(role), ns, role.Name), cancellationToken)).IsAllowed;

    private static string RoleResource(RoleRef role) => role.Kind == "Role" ? "roles" : "clusterroles";

    /// <summary>What the user would grant without holding it, as upstream words it; null when nothing.</summary>
    private string? Escalation(UserInfo user, string ns, IEnumerable<PolicyRule> granted)
    {
        var (held, errors) = rbac.RulesFor(user, ns);
        var missing = RuleCover.Missing(held, granted);
        if (missing.Count == 0)
            return null;
        var message = $"user {Quote(user.Name)} (groups={GoList.Quote(user.Groups)}) is attempting to grant RBAC permissions not currently held:\n"
            + RuleCover.Describe(missing);
        return errors.Count == 0 ? message : $"{message}; resolution errors: {RbacAuthorizer.Aggregate(errors)}";
    }
}
