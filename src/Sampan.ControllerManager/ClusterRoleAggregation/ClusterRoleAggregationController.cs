using Sampan.Api.Rbac.V1;
using Sampan.Api.Selectors;

namespace Sampan.ControllerManager.ClusterRoleAggregation;

/// <summary>Fills ClusterRoles that are made of others, such as admin, edit and view. Upstream: pkg/controller/clusterroleaggregation.</summary>
internal sealed class ClusterRoleAggregationController : Controller
{
    private readonly Informer<ClusterRole> _roles;
    private readonly OwnWrites<ClusterRole> _writes;

    public ClusterRoleAggregationController(ControllerContext context)
        : base("clusterrole-aggregation-controller", context)
    {
        _roles = Watch(context.Informers.For<ClusterRole>(), (_, _) => WakeAggregated());
        _writes = Writes(_roles);
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_roles.Get(key) is not { AggregationRule: { } rule } role) return ReconcileResult.Done;
        var rules = new List<PolicyRule>();
        foreach (var labels in rule.ClusterRoleSelectors.OrEmpty())
        {
            var selector = Selector.From(labels);
            var sources = _roles.List().Where(r => r.Metadata.Name != role.Metadata.Name && selector.Matches(r.Metadata.Labels))
                .OrderBy(r => r.Metadata.Name, StringComparer.Ordinal);
            foreach (var added in sources.SelectMany(s => s.Rules.OrEmpty()))
                if (!rules.Exists(added.DeepEquals)) rules.Add(added);
        }

        var known = role.Rules.OrEmpty();
        if (rules.Count == known.Count && rules.Zip(known).All(pair => pair.First.DeepEquals(pair.Second))) return ReconcileResult.Done;

        // By server-side apply the rules are this controller's own, and all else of the role stays whose it is.
        var applied = new ClusterRole { Metadata = new() { Name = role.Metadata.Name }, Rules = rules };
        await _writes.PatchAsync(key, Patch.Apply(applied, Name, force: true), cancellationToken);
        return ReconcileResult.Done;
    }

    private void WakeAggregated()
    {
        foreach (var role in _roles.List())
            if (role.AggregationRule is not null) Queue.Add(KeyOf(role));
    }
}
