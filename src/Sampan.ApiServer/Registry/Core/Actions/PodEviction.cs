using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using Sampan.Api.Selectors;

namespace Sampan.ApiServer.Registry.Core.Actions;

/// <summary>POST pods/x/eviction: deletes a pod if its disruption budget allows.</summary>
internal sealed class PodEviction(RegistryLinks links)
{
    private const int RetryAfterSeconds = 10;

    public async ValueTask<ActionResult> RunAsync(WriteContext context, string name, IObject body)
    {
        var eviction = (Eviction)body;
        if (eviction.Metadata.Name.Length > 0 && eviction.Metadata.Name != name)
        {
            throw StatusException.BadRequest("name in URL does not match name in Eviction object");
        }
        var options = eviction.DeleteOptions?.DeepClone() ?? new DeleteOptions();
        context = context.DryRun ? context : context with { DryRun = options.DryRun.OrEmpty().Contains("All") };
        var resource = links.Catalog.Of(Pod.Info);
        var storage = links.Catalog.StorageOf(resource);
        var pod = (Pod)storage.Get(context.Namespace, name).Object;
        if (!IgnoresBudgets(pod))
        {
            await TakeFromBudgetAsync(context, pod);
        }
        await links.Writer.Deletion.RunAsync(resource, storage, context, name, options);
        return new ActionResult(new Status { StatusValue = "Success", Code = StatusCodes.Status201Created });
    }

    private static bool IgnoresBudgets(Pod pod) =>
        pod.Status.Phase is "Succeeded" or "Failed" or "Pending" || pod.Metadata.DeletionTimestamp is not null;

    private async ValueTask TakeFromBudgetAsync(WriteContext context, Pod pod)
    {
        var resource = links.Catalog.Of(PodDisruptionBudget.Info);
        var storage = links.Catalog.StorageOf(resource);
        var budgets = storage.Cache.Snapshot().Items(context.Namespace).ToList()
            .Select(item => (PodDisruptionBudget)item.Object)
            .Where(budget => Selects(budget, pod)).ToList();
        if (budgets.Count > 1)
        {
            throw StatusException.InternalError(
                "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        if (budgets.Count == 0 || AllowsUnhealthy(budgets[0], pod))
        {
            return;
        }
        var part = (PartSubresource)resource.Subresources["status"];
        var update = new UpdateRequest(budgets[0].Metadata.Name, part.Strategy, current => new(Taken((PodDisruptionBudget)current!, pod, context)))
        {
            Admits = false,
        };
        await links.Writer.Update.RunAsync(resource, storage, context, update);
    }

    private static PodDisruptionBudget Taken(PodDisruptionBudget current, Pod pod, WriteContext context)
    {
        if (current.Status.ObservedGeneration < current.Metadata.Generation)
        {
            throw StatusException.TooManyRequests(
                "Cannot evict pod as it would violate the pod's disruption budget.", RetryAfterSeconds);
        }
        if (current.Status.DisruptionsAllowed <= 0)
        {
            throw Refused(current);
        }
        var budget = current.DeepClone();
        budget.Metadata.ResourceVersion = "";
        budget.Status.DisruptionsAllowed--;
        (budget.Status.DisruptedPods ??= [])[pod.Metadata.Name] = context.Now;
        return budget;
    }

    private static bool Selects(PodDisruptionBudget budget, Pod pod) =>
        budget.Spec.Selector is { } selector && Selector.From(selector).Matches(pod.Metadata.Labels);

    /// <summary>A pod that is not ready takes nothing from a budget that is met without it, or that always lets such pods go.</summary>
    private static bool AllowsUnhealthy(PodDisruptionBudget budget, Pod pod)
    {
        var ready = pod.Status.Conditions.OrEmpty().Any(condition => condition is { Type: "Ready", Status: "True" });
        if (ready)
        {
            return false;
        }
        return budget.Spec.UnhealthyPodEvictionPolicy == "AlwaysAllow"
            || (budget.Status.CurrentHealthy >= budget.Status.DesiredHealthy && budget.Status.DesiredHealthy > 0);
    }

    private static StatusException Refused(PodDisruptionBudget budget)
    {
        var refusal = StatusException.TooManyRequests("Cannot evict pod as it would violate the pod's disruption budget.");
        refusal.Status.Details = new StatusDetails
        {
            Causes =
            [
                new StatusCause
                {
                    Reason = "DisruptionBudget",
                    Message = $"The disruption budget {budget.Metadata.Name} needs {budget.Status.DesiredHealthy} healthy pods and has {budget.Status.CurrentHealthy} currently",
                },
            ],
        };
        return refusal;
    }
}
