using Microsoft.AspNetCore.Http;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Http.Resources;

namespace Sampan.ApiServer.Registry.Core.Actions;

/// <summary>
/// POST pods/x/eviction: deletes a pod if its disruption budget allows. Upstream: pkg/registry/core/pod/storage/eviction.go.
/// </summary>
internal sealed class PodEviction(RegistryLinks links)
{
    private const int MaxAttempts = 20;

    public async ValueTask<ActionResult> RunAsync(WriteContext context, string name, IObject body)
    {
        var eviction = (Eviction)body;
        if (eviction.Metadata.Name != name)
        {
            throw StatusException.BadRequest("name in URL does not match name in Eviction object");
        }
        var options = eviction.DeleteOptions?.DeepClone() ?? new DeleteOptions();
        context = context.DryRun ? context : context with { DryRun = options.DryRun.OrEmpty().Contains("All") };
        DeleteParameters.Check(options, new GroupKind("", ""));
        for (var attempt = 1; !await TryAsync(context, name, options.DeepClone(), mayFail: attempt < MaxAttempts); attempt++)
        {
            // The pod changed meanwhile: perhaps a budget protects it now.
        }
        return new ActionResult(new Status { StatusValue = "Success", Code = StatusCodes.Status201Created });
    }

    /// <summary>False when somebody wrote the pod while nothing was asked of its budget.</summary>
    private async ValueTask<bool> TryAsync(WriteContext context, string name, DeleteOptions options, bool mayFail)
    {
        var resource = links.Catalog.Of(Pod.Info);
        var storage = links.Catalog.StorageOf(resource);
        var pod = (Pod)storage.Get(context.Namespace, name).Object;
        var isGiven = options.Preconditions?.ResourceVersion is not null;
        var ignoresBudgets = IgnoresBudgets(pod);
        // It must not have become a pod that a budget protects when it is deleted.
        var (isNeeded, budget) = ignoresBudgets
            ? (pod.Status.Phase == "Pending" && pod.Metadata.DeletionTimestamp is null, "")
            : await TakeFromBudgetAsync(context, pod);
        Pin(options, pod, isNeeded);
        try
        {
            await MarkAsync(context, resource, storage, name, options);
            await links.Writer.Deletion.RunAsync(resource, storage, context, name, options);
            return true;
        }
        catch (StatusException changed) when (changed.IsConflict && !isGiven && ignoresBudgets && mayFail)
        {
            return false;
        }
        catch (StatusException changed) when (changed.IsConflict && !isGiven && !ignoresBudgets && isNeeded)
        {
            throw DisruptionCharge.StillProcessed(budget);
        }
    }

    private static bool IgnoresBudgets(Pod pod) =>
        pod.Status.Phase is "Succeeded" or "Failed" or "Pending" || pod.Metadata.DeletionTimestamp is not null;

    private static void Pin(DeleteOptions options, Pod pod, bool isNeeded)
    {
        if (isNeeded && string.IsNullOrEmpty(options.Preconditions?.ResourceVersion))
        {
            (options.Preconditions ??= new Preconditions()).ResourceVersion = pod.Metadata.ResourceVersion;
        }
    }

    /// <summary>Charges the pod's budget; free when the pod goes without a charge because it is not ready.</summary>
    private async ValueTask<(bool IsFree, string Budget)> TakeFromBudgetAsync(WriteContext context, Pod pod)
    {
        var resource = links.Catalog.Of(PodDisruptionBudget.Info);
        var storage = links.Catalog.StorageOf(resource);
        var budgets = storage.Cache.Snapshot().Items(context.Namespace).ToList()
            .Select(item => (PodDisruptionBudget)item.Object)
            .Where(budget => Selects(budget, pod)).ToList();
        if (budgets.Count > 1)
        {
            throw new StatusException(new Status
            {
                StatusValue = "Failure",
                Code = StatusCodes.Status500InternalServerError,
                Message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
            });
        }
        if (budgets.Count == 0)
        {
            return (false, "");
        }
        if (AllowsUnhealthy(budgets[0], pod))
        {
            return (true, budgets[0].Metadata.Name);
        }
        var part = (PartSubresource)resource.Subresources["status"];
        var update = new UpdateRequest(
            budgets[0].Metadata.Name, part.Strategy, current => new(DisruptionCharge.Take((PodDisruptionBudget)current!, pod.Metadata.Name, context.Now)))
        {
            Admits = false,
        };
        await links.Writer.Update.RunAsync(resource, storage, context, update);
        return (false, budgets[0].Metadata.Name);
    }

    /// <summary>Says in the pod's status why it goes, before it does.</summary>
    private async ValueTask MarkAsync(WriteContext context, ResourceDescriptor resource, ResourceStorage storage, string name, DeleteOptions options)
    {
        if (context.DryRun)
        {
            return;
        }
        var part = (PartSubresource)resource.Subresources["status"];
        var wanted = options.Preconditions;
        var update = new UpdateRequest(name, part.Strategy, current => new(Marked((Pod)current!, wanted, context.Now))) { Admits = false };
        var marked = await links.Writer.Update.RunAsync(resource, storage, context, update);
        if (wanted?.ResourceVersion is not null)
        {
            wanted.ResourceVersion = marked.Object.Object.Metadata.ResourceVersion;
        }
    }

    private static Pod Marked(Pod current, Preconditions? wanted, DateTimeOffset now)
    {
        var pod = current.DeepClone();
        DeletionPreconditions.Check(Pod.Info, wanted, pod.Metadata);
        pod.Metadata.ResourceVersion = wanted?.ResourceVersion ?? "";
        var conditions = pod.Status.Conditions ??= [];
        conditions.RemoveAll(one => one.Type == "DisruptionTarget");
        conditions.Add(new PodCondition
        {
            Type = "DisruptionTarget",
            Status = "True",
            Reason = "EvictionByEvictionAPI",
            Message = "Eviction API: evicting",
            LastTransitionTime = now,
        });
        return pod;
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
}
