using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Authorization.Rbac;

namespace Sampan.ApiServer.Authorization.Bootstrap;

/// <summary>
/// Brings the stored policy up to the default one at start: what is absent is made, missing permissions and subjects are added,
/// what an administrator added stays. An object annotated <c>autoupdate: "false"</c> is left alone.
/// </summary>
internal sealed class PolicyReconciler(IPolicyStore store)
{
    public const string AutoUpdate = "rbac.authorization.kubernetes.io/autoupdate";

    /// <summary>Several servers may start together, so a write that loses the race is done again.</summary>
    private const int Attempts = 5;

    /// <summary>Writes run side by side, so that the store commits many at once; bindings come after what they name.</summary>
    public async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var namespaces = BootstrapPolicy.Roles.Select(r => r.Metadata.Namespace).Distinct();
        await Task.WhenAll(
            All(BootstrapPolicy.ClusterRoles, role => EnsureAsync(role, Merge, cancellationToken)),
            All(namespaces, ns => EnsureNamespaceAsync(ns, cancellationToken)));
        await Task.WhenAll(
            All(BootstrapPolicy.ClusterRoleBindings, b => EnsureBindingAsync(b, (x, y) => x.RoleRef.DeepEquals(y.RoleRef), Merge, cancellationToken)),
            All(BootstrapPolicy.Roles, role => EnsureAsync(role, Merge, cancellationToken)));
        await All(
            BootstrapPolicy.RoleBindings, b => EnsureBindingAsync(b, (x, y) => x.RoleRef.DeepEquals(y.RoleRef), Merge, cancellationToken));
    }

    private static Task All<T>(IEnumerable<T> items, Func<T, Task> ensure) => Task.WhenAll(items.Select(ensure));

    private async Task EnsureAsync<T>(T wanted, Func<T, T, bool> merge, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await EnsureOnceAsync(wanted, merge, cancellationToken);
                return;
            }
            catch (StatusException e) when ((e.IsConflict || e.IsAlreadyExists || e.IsNotFound) && attempt < Attempts)
            {
                // Another server wrote it meanwhile: look again.
            }
        }
    }

    private async Task EnsureOnceAsync<T>(T wanted, Func<T, T, bool> merge, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        var found = await store.FindAsync<T>(wanted.Metadata.Namespace, wanted.Metadata.Name!, cancellationToken);
        if (found is null)
        {
            await store.CreateAsync(wanted.DeepClone(), cancellationToken);
            return;
        }

        var updated = found.DeepClone();
        if (found.Metadata.Annotations?.GetValueOrDefault(AutoUpdate) != "false"
            && (merge(updated, wanted) | MergeMetadata(updated.Metadata, wanted.Metadata)))
            await store.UpdateAsync(updated, cancellationToken);
    }

    /// <summary>A binding's role cannot change: one that names another role is made anew.</summary>
    private async Task EnsureBindingAsync<T>(
        T wanted, Func<T, T, bool> hasSameRole, Func<T, T, bool> merge, CancellationToken cancellationToken)
        where T : class, IObject<T>
    {
        var found = await store.FindAsync<T>(wanted.Metadata.Namespace, wanted.Metadata.Name!, cancellationToken);
        if (found is not null && !hasSameRole(found, wanted) && found.Metadata.Annotations?.GetValueOrDefault(AutoUpdate) != "false")
            await store.DeleteAsync<T>(wanted.Metadata.Namespace, wanted.Metadata.Name!, cancellationToken);
        await EnsureAsync(wanted, merge, cancellationToken);
    }

    private async Task EnsureNamespaceAsync(string name, CancellationToken cancellationToken) =>
        await EnsureAsync(new Namespace { Metadata = new ObjectMeta { Name = name } }, (_, _) => false, cancellationToken);

    /// <summary>The rules of an aggregated role belong to the aggregation controller.</summary>
    private static bool Merge(ClusterRole found, ClusterRole wanted)
    {
        if (wanted.AggregationRule is { } aggregation)
        {
            var same = aggregation.DeepEquals(found.AggregationRule);
            found.AggregationRule = aggregation.DeepClone();
            return !same;
        }

        found.Rules = Add(found.Rules, wanted.Rules, out var changed);
        return changed;
    }

    private static bool Merge(Role found, Role wanted)
    {
        found.Rules = Add(found.Rules, wanted.Rules, out var changed);
        return changed;
    }

    private static bool Merge(ClusterRoleBinding found, ClusterRoleBinding wanted)
    {
        found.Subjects = Add(found.Subjects, wanted.Subjects, out var changed);
        return changed;
    }

    private static bool Merge(RoleBinding found, RoleBinding wanted)
    {
        found.Subjects = Add(found.Subjects, wanted.Subjects, out var changed);
        return changed;
    }

    private static List<PolicyRule>? Add(List<PolicyRule>? found, List<PolicyRule>? wanted, out bool changed)
    {
        var held = found ?? [];
        var missing = wanted.OrEmpty().Where(rule => RuleCover.Missing(held, [rule]).Count > 0).ToList();
        changed = missing.Count > 0;
        return changed ? [.. held, .. missing] : found;
    }

    private static List<Subject>? Add(List<Subject>? found, List<Subject>? wanted, out bool changed)
    {
        var missing = wanted.OrEmpty().Where(w => !found.OrEmpty().Any(w.DeepEquals)).ToList();
        changed = missing.Count > 0;
        return changed ? [.. found.OrEmpty(), .. missing] : found;
    }

    private static bool MergeMetadata(ObjectMeta found, ObjectMeta wanted)
    {
        (found.Labels, var labels) = Add(found.Labels, wanted.Labels);
        (found.Annotations, var annotations) = Add(found.Annotations, wanted.Annotations);
        return labels | annotations;
    }

    private static (Dictionary<string, string>? Merged, bool Changed) Add(
        Dictionary<string, string>? found, Dictionary<string, string>? wanted)
    {
        var missing = wanted.OrEmpty().Where(w => found?.GetValueOrDefault(w.Key) is null).ToList();
        if (missing.Count == 0)
            return (found, false);
        var merged = new Dictionary<string, string>(found.OrEmpty());
        foreach (var (key, value) in missing)
            merged[key] = value;
        return (merged, true);
    }
}
