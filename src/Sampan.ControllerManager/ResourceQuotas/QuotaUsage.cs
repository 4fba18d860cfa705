using Sampan.Api.Core.V1;
using Sampan.Client.Quota;

namespace Sampan.ControllerManager.ResourceQuotas;

/// <summary>What a namespace uses of the names that a quota limits. A name that nothing counts is left out.</summary>
internal sealed class QuotaUsage(QuotaEvaluators evaluators, CountedKinds kinds)
{
    private const string Count = "count/";
    private readonly List<(QuotaEvaluator Evaluator, Func<string, IEnumerable<IObject>> Objects)> _rich = [];

    public void Add(QuotaEvaluator evaluator, Func<string, IEnumerable<IObject>> objects) => _rich.Add((evaluator, objects));

    public async Task<Dictionary<string, Quantity>> OfAsync(ResourceQuota quota, CancellationToken cancellationToken)
    {
        var used = new Dictionary<string, Quantity>();
        var names = quota.Spec.Hard.OrEmpty().Keys.ToHashSet();
        foreach (var (evaluator, objects) in _rich)
        {
            if (!names.Any(evaluator.Counts)) continue;
            used = ResourceLists.Add(used, evaluator.UsageOf(quota, objects(quota.Metadata.Namespace)));
        }

        names.ExceptWith(used.Keys);
        foreach (var name in names)
            if (await CountAsync(quota, name, cancellationToken) is { } number) used[name] = new(number);
        return used;
    }

    /// <summary>Objects of any other kind are counted by their metadata; none of them belongs to a scope.</summary>
    private async Task<long?> CountAsync(ResourceQuota quota, string name, CancellationToken cancellationToken)
    {
        var parts = (name.StartsWith(Count, StringComparison.Ordinal) ? name[Count.Length..] : name).Split('.', 2);
        if (evaluators.Find(parts.Length > 1 ? parts[1] : "", parts[0]) is not { } evaluator || !evaluator.Counts(name)) return null;
        if (await kinds.CountAsync(evaluator, quota.Metadata.Namespace, cancellationToken) is not { } number) return null;
        return quota.Spec.Scopes is { Count: > 0 } || quota.Spec.ScopeSelector?.MatchExpressions is { Count: > 0 } ? 0 : number;
    }
}
