using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sampan.Api;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authentication;

namespace Sampan.ApiServer.Authorization.Rbac;

/// <summary>
/// Roles and bindings, kept by subscription, so that a question costs what concerns its user.
/// <code>
/// grants: (namespace "", group dev) → [view]      (namespace "web", user jane) → [edit]
/// roles:  ("", view) → rules                      ("web", deployer) → rules
/// </code>
/// A user is looked up by name and by each group, once among cluster-wide grants and once in the namespace.
/// </summary>
internal sealed class RbacIndex : IDisposable
{
    private readonly ConcurrentDictionary<ObjectKey, IReadOnlyList<PolicyRule>> _roles = new();
    private readonly ConcurrentDictionary<ObjectKey, ImmutableArray<Grant>> _bindings = new();
    private readonly ConcurrentDictionary<SubjectKey, ImmutableArray<Grant>> _grants = new();
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _lock = new();

    public RbacIndex(IObjectSource objects)
    {
        _subscriptions.Add(objects.Subscribe<ClusterRole>(OnClusterRole));
        _subscriptions.Add(objects.Subscribe<Role>(OnRole));
        _subscriptions.Add(objects.Subscribe<ClusterRoleBinding>(OnClusterRoleBinding));
        _subscriptions.Add(objects.Subscribe<RoleBinding>(OnRoleBinding));
    }

    /// <summary>The grants that apply to the user in the namespace; only cluster-wide ones when it is empty.</summary>
    public IEnumerable<Grant> GrantsOf(UserInfo user, string ns)
    {
        foreach (var grant in GrantsIn(user, ""))
            yield return grant;
        if (ns.Length == 0)
            yield break;
        foreach (var grant in GrantsIn(user, ns))
            yield return grant;
    }

    /// <summary>The rules of the role that a binding in the namespace refers to; null when there is no such role.</summary>
    public IReadOnlyList<PolicyRule>? RulesOf(RoleRef role, string ns) =>
        _roles.GetValueOrDefault(new ObjectKey(role.Kind == "Role" ? ns : "", role.Name));

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    private IEnumerable<Grant> GrantsIn(UserInfo user, string ns)
    {
        foreach (var grant in _grants.GetValueOrDefault(new SubjectKey(ns, false, user.Name), []))
            yield return grant;
        foreach (var group in user.Groups)
            foreach (var grant in _grants.GetValueOrDefault(new SubjectKey(ns, true, group), []))
                yield return grant;
    }

    private void OnClusterRole(ClusterRole? old, ClusterRole? current) =>
        SetRole(new ObjectKey("", (current ?? old)!.Metadata.Name ?? ""), current is null ? null : current.Rules ?? []);

    private void OnRole(Role? old, Role? current)
    {
        var metadata = (current ?? old)!.Metadata;
        SetRole(new ObjectKey(metadata.Namespace ?? "", metadata.Name ?? ""), current is null ? null : current.Rules ?? []);
    }

    private void SetRole(ObjectKey key, List<PolicyRule>? rules)
    {
        if (rules is null)
            _roles.TryRemove(key, out _);
        else
            _roles[key] = rules;
    }

    private void OnClusterRoleBinding(ClusterRoleBinding? old, ClusterRoleBinding? current) =>
        SetBinding(new ObjectKey("", (current ?? old)!.Metadata.Name ?? ""), current?.RoleRef, current?.Subjects);

    private void OnRoleBinding(RoleBinding? old, RoleBinding? current)
    {
        var metadata = (current ?? old)!.Metadata;
        SetBinding(new ObjectKey(metadata.Namespace ?? "", metadata.Name ?? ""), current?.RoleRef, current?.Subjects);
    }

    private void SetBinding(ObjectKey key, RoleRef? role, List<Subject>? subjects)
    {
        var grants = role is null
            ? []
            : subjects.OrEmpty().Select(s => new Grant(key.Namespace, key.Name, role, s)).ToImmutableArray();
        lock (_lock)
        {
            foreach (var grant in _bindings.GetValueOrDefault(key, []))
                Replace(grant, list => list.Remove(grant, ReferenceEqualityComparer.Instance));
            foreach (var grant in grants)
                Replace(grant, list => list.Add(grant));
            if (grants.IsEmpty)
                _bindings.TryRemove(key, out _);
            else
                _bindings[key] = grants;
        }
    }

    private void Replace(Grant grant, Func<ImmutableArray<Grant>, ImmutableArray<Grant>> change)
    {
        if (KeyOf(grant) is not { } key)
            return;
        var changed = change(_grants.GetValueOrDefault(key, []));
        if (changed.IsEmpty)
            _grants.TryRemove(key, out _);
        else
            _grants[key] = changed;
    }

    private static SubjectKey? KeyOf(Grant grant) => grant.Subject.Kind switch
    {
        "User" => new(grant.Namespace, false, grant.Subject.Name),
        "Group" => new(grant.Namespace, true, grant.Subject.Name),
        "ServiceAccount" when grant.SubjectNamespace.Length > 0 =>
            new(grant.Namespace, false, UserNames.ServiceAccount(grant.SubjectNamespace, grant.Subject.Name)),
        _ => null,
    };

    private readonly record struct SubjectKey(string Namespace, bool IsGroup, string Name);
}
