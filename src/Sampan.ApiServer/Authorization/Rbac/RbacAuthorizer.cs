using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;
using static Sampan.Api.GoText;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>Allows what a role bound to the user allows. It never refuses: another authorizer may still allow.</summary>
internal sealed class RbacAuthorizer(RbacIndex index) : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizerAttributes attributes, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Authorize(attributes));

    /// <summary>All rules that apply to the user in the namespace, and the roles that bindings name but that do not exist.</summary>
    public (IReadOnlyList<PolicyRule> Rules, IReadOnlyList<string> Errors) RulesFor(UserInfo user, string ns)
    {
        var rules = new List<PolicyRule>();
        var errors = new List<string>();
        foreach (var grant in index.GrantsOf(user, ns))
        {
            if (index.RulesOf(grant.Role, grant.Namespace) is { } found)
                rules.AddRange(found);
            else
                errors.Add(NotFound(grant.Role));
        }

        return (rules, errors);
    }

    /// <summary>The rules of a role, or null with the text that says it does not exist.</summary>
    public (IReadOnlyList<PolicyRule>? Rules, string Error) RulesOf(RoleRef role, string ns) =>
        index.RulesOf(role, ns) is { } rules ? (rules, "") : (null, NotFound(role));

    private Decision Authorize(AuthorizerAttributes attributes)
    {
        List<string>? errors = null;
        foreach (var grant in index.GrantsOf(attributes.User, attributes.Namespace))
        {
            if (index.RulesOf(grant.Role, grant.Namespace) is not { } rules)
            {
                (errors ??= []).Add(NotFound(grant.Role));
                continue;
            }

            foreach (var rule in rules)
                if (rule.Allows(attributes))
                    return Decision.Allow(grant.Decision);
        }

        return Decision.NoOpinion(errors is null ? "" : $"RBAC: {Aggregate(errors)}");
    }

    /// <summary>Several errors as one text: each once, in brackets when they are more than one.</summary>
    internal static string Aggregate(IReadOnlyList<string> errors)
    {
        var distinct = errors.Distinct(StringComparer.Ordinal).ToList();
        return distinct.Count == 1 ? distinct[0] : $"[{string.Join(", ", distinct)}]";
    }

    private static string NotFound(RoleRef role) =>
        $"{role.Kind.ToLowerInvariant()}.rbac.authorization.k8s.io {Quote(role.Name)} not found";
}
