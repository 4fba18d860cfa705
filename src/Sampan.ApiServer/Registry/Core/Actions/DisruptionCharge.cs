using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;

namespace Sampan.ApiServer.Registry.Core.Actions;

/// <summary>Takes one disruption from a budget, or says why it gives none.</summary>
internal static class DisruptionCharge
{
    private const string Violated = "Cannot evict pod as it would violate the pod's disruption budget.";
    private const string Cause = "DisruptionBudget";
    private const string Allowed = "DisruptionAllowed";
    private const int RetryAfterSeconds = 10;

    /// <summary>More evictions than these that the disruption controller has not confirmed.</summary>
    private const int MaxDisruptedPods = 2000;

    private static readonly GroupResource Budgets = new("policy", "poddisruptionbudget");

    /// <summary>The budget after the eviction of the pod.</summary>
    /// <exception cref="StatusException">It allows no disruption now.</exception>
    public static PodDisruptionBudget Take(PodDisruptionBudget current, string pod, DateTimeOffset now)
    {
        Check(current);
        var budget = current.DeepClone();
        budget.Metadata.ResourceVersion = "";
        (budget.Status.DisruptedPods ??= [])[pod] = now;
        if (--budget.Status.DisruptionsAllowed == 0)
        {
            MarkExhausted(budget, now);
        }
        return budget;
    }

    public static void Check(PodDisruptionBudget budget)
    {
        var (name, status) = (budget.Metadata.Name, budget.Status);
        if (status.ObservedGeneration < budget.Metadata.Generation)
        {
            throw StillProcessed(name);
        }
        if (status.DisruptionsAllowed < 0)
        {
            throw StatusException.Forbidden(Budgets, name, "pdb disruptions allowed is negative");
        }
        if (status.DisruptedPods.OrEmpty().Count > MaxDisruptedPods)
        {
            throw StatusException.Forbidden(Budgets, name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }
        if (status.DisruptionsAllowed == 0)
        {
            throw Refusal(Reason(budget));
        }
    }

    /// <summary>The client had better come back soon.</summary>
    public static StatusException StillProcessed(string budget) =>
        Refusal($"The disruption budget {budget} is still being processed by the server.", RetryAfterSeconds);

    private static string Reason(PodDisruptionBudget budget) =>
        budget.Status.Conditions.OrEmpty().FirstOrDefault(one => one is { Type: Allowed, Status: "False", Reason: "SyncFailed" }) is { } failed
            ? $"The disruption budget {budget.Metadata.Name} does not allow evicting pods currently because it failed sync: {failed.Message}"
            : $"The disruption budget {budget.Metadata.Name} needs {budget.Status.DesiredHealthy} healthy pods and has {budget.Status.CurrentHealthy} currently";

    private static StatusException Refusal(string message, int retryAfterSeconds = 0)
    {
        var refusal = StatusException.TooManyRequests(Violated, retryAfterSeconds);
        (refusal.Status.Details ??= new StatusDetails()).Causes = [new StatusCause { Reason = Cause, Message = message }];
        return refusal;
    }

    private static void MarkExhausted(PodDisruptionBudget budget, DateTimeOffset now)
    {
        var conditions = budget.Status.Conditions ??= [];
        var allowed = conditions.FirstOrDefault(one => one.Type == Allowed);
        if (allowed is null)
        {
            conditions.Add(allowed = new Condition { Type = Allowed });
        }
        if (allowed.Status != "False")
        {
            (allowed.Status, allowed.LastTransitionTime) = ("False", now);
        }
        (allowed.Reason, allowed.ObservedGeneration) = ("InsufficientPods", budget.Status.ObservedGeneration);
    }
}
