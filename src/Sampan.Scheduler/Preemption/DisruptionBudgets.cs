using Sampan.Api.Policy.V1;
using Sampan.Api.Selectors;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Preemption;

/// <summary>Which of a node's victims a disruption budget would have kept.</summary>
internal sealed class DisruptionBudgets
{
    private readonly List<(PodDisruptionBudget Budget, Selector Selector)> _all;

    /// <summary>A budget without a selector, or with an empty one, protects nothing here.</summary>
    public DisruptionBudgets(IEnumerable<PodDisruptionBudget> budgets) =>
        _all = [.. budgets.Select(b => (b, Selector.From(b.Spec.Selector))).Where(b => !b.Item2.MatchesEverything && !b.Item2.MatchesNothing)];

    /// <summary>Keeps the order. Each victim uses up what the budgets allow, so the first ones are covered.</summary>
    public (List<PodInfo> Violating, List<PodInfo> Others) Split(IEnumerable<PodInfo> victims)
    {
        var allowed = _all.ConvertAll(b => b.Budget.Status.DisruptionsAllowed);
        var (violating, others) = (new List<PodInfo>(), new List<PodInfo>());
        foreach (var victim in victims) (IsViolated(victim, allowed) ? violating : others).Add(victim);
        return (violating, others);
    }

    private bool IsViolated(PodInfo victim, List<int> allowed)
    {
        if (victim.Pod.Metadata.Labels is not { Count: > 0 } labels) return false;
        var isViolated = false;
        for (var i = 0; i < _all.Count; i++)
        {
            var (budget, selector) = _all[i];
            if (budget.Metadata.Namespace != victim.Key.Namespace || !selector.Matches(labels)) continue;
            if (budget.Status.DisruptedPods?.ContainsKey(victim.Key.Name) == true) continue;         // counted by the API server already
            if (--allowed[i] < 0) isViolated = true;
        }
        return isViolated;
    }
}
