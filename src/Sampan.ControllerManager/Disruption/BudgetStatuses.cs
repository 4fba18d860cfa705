using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Disruption;

/// <summary>A budget's status from the counts of its pods.</summary>
internal static class BudgetStatuses
{
    private const string DisruptionAllowed = "DisruptionAllowed";

    public static PodDisruptionBudgetStatus Of(
        PodDisruptionBudget budget, List<Pod> pods, PodCounts counts, Dictionary<string, Time> disrupted, DateTimeOffset now)
    {
        var healthy = pods.Count(p => p.Metadata.DeletionTimestamp is null && !disrupted.ContainsKey(p.Metadata.Name) && p.IsReady());
        var allowed = counts.Expected <= 0 ? 0 : Math.Max(0, healthy - counts.Healthy);
        var status = new PodDisruptionBudgetStatus
        {
            CurrentHealthy = healthy,
            DesiredHealthy = counts.Healthy,
            ExpectedPods = counts.Expected,
            DisruptionsAllowed = allowed,
            DisruptedPods = disrupted.Count > 0 ? disrupted : null,
            ObservedGeneration = budget.Metadata.Generation,
            Conditions = budget.Status.DeepClone().Conditions ?? [],
        };
        var (value, reason) = allowed > 0 ? ("True", "SufficientPods") : ("False", "InsufficientPods");
        Set(status, budget.Metadata.Generation, value, reason, "", now);
        return status;
    }

    /// <summary>While the count is unknown, nothing may be evicted.</summary>
    public static PodDisruptionBudgetStatus Failed(PodDisruptionBudget budget, StatusException failure, DateTimeOffset now)
    {
        var status = budget.Status.DeepClone();
        status.DisruptionsAllowed = 0;
        status.Conditions ??= [];
        Set(status, budget.Status.ObservedGeneration, "False", "SyncFailed", failure.Message, now);
        return status;
    }

    private static void Set(PodDisruptionBudgetStatus status, long generation, string value, string reason, string message, DateTimeOffset now) =>
        Conditions.Set(
            status.Conditions!,
            new Condition { Type = DisruptionAllowed, Status = value, Reason = reason, Message = message, ObservedGeneration = generation },
            now);
}
