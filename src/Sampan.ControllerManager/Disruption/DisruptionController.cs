using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using Sampan.Api.Selectors;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.Disruption;

/// <summary>
/// Counts for every PodDisruptionBudget how many of its pods may be evicted now. Evictions note themselves in the budget's status;
/// a status that was written meanwhile is never overwritten. Upstream: pkg/controller/disruption.
/// </summary>
internal sealed class DisruptionController : Controller
{
    private readonly Informer<PodDisruptionBudget> _budgets;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<PodDisruptionBudget> _writes;
    private readonly ExpectedPods _expected;

    public DisruptionController(ControllerContext context)
        : base("disruption-controller", context)
    {
        _budgets = Watch<PodDisruptionBudget>(b => [KeyOf(b)]);
        _pods = Watch(context.Informers.For<Pod>(), OnPod);
        _writes = Writes(_budgets);
        _expected = new ExpectedPods(new OwnerScales(
            Sized<ReplicationController>(c => (c.Spec.Replicas, c.Spec.Template)),
            Sized<ReplicaSet>(s => (s.Spec.Replicas, s.Spec.Template)),
            Sized<Deployment>(d => (d.Spec.Replicas, d.Spec.Template)),
            Sized<StatefulSet>(s => (s.Spec.Replicas, s.Spec.Template)),
            new ScaleClient(Client)));
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_budgets.Get(key) is not { } budget) return ReconcileResult.Done;
        var pods = Selected(budget);
        if (pods.Count == 0) Events.Event(budget, "Normal", "NoPods", "No matching pods found");
        PodCounts counts;
        try
        {
            counts = await _expected.CountAsync(budget, pods, cancellationToken);
        }
        catch (StatusException e)
        {
            Events.Event(budget, "Warning", "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {e.Message}");
            await WriteAsync(budget, BudgetStatuses.Failed(budget, e, Time.GetUtcNow()), cancellationToken);
            throw;
        }

        if (counts.Unmanaged.Count > 0) SayUnmanaged(budget);
        var disrupted = DisruptedPods.Of(budget, pods, Time.GetUtcNow());
        foreach (var pod in disrupted.Overdue)
            Events.Event(pod, "Warning", "NotDeleted", $"Pod was expected by PDB {key} to be deleted but it wasn't");
        await WriteAsync(budget, BudgetStatuses.Of(budget, pods, counts, disrupted.Kept, Time.GetUtcNow()), cancellationToken);
        return disrupted.Recheck is { } wait ? ReconcileResult.RequeueAfter(wait) : ReconcileResult.Done;
    }

    private void SayUnmanaged(PodDisruptionBudget budget) => Events.Event(
        budget,
        "Warning",
        "UnmanagedPods",
        $"Pods selected by this PodDisruptionBudget (selector: {GoSelectorText.Of(budget.Spec.Selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an integer value.");

    private async Task WriteAsync(PodDisruptionBudget budget, PodDisruptionBudgetStatus status, CancellationToken cancellationToken)
    {
        if (status.DeepEquals(budget.Status)) return;
        var copy = budget.DeepClone();
        copy.Status = status;
        await _writes.UpdateStatusAsync(copy, cancellationToken);
    }

    private List<Pod> Selected(PodDisruptionBudget budget)
    {
        var selector = Selector.From(budget.Spec.Selector);
        return [.. _pods.List(budget.Metadata.Namespace).Where(p => selector.Matches(p.Metadata.Labels))];
    }

    private void OnPod(Pod? old, Pod? current)
    {
        if (old is not null)
            foreach (var key in KeysOf(old.Metadata.Namespace, old.Metadata.Labels)) Queue.Add(key);
        if (current is null) return;
        var keys = KeysOf(current.Metadata.Namespace, current.Metadata.Labels);
        foreach (var key in keys) Queue.Add(key);
        // No eviction of such a pod is possible: its users should know before they drain its node.
        if (keys.Count > 1)
            Events.Event(current, "Warning", "MultiplePodDisruptionBudgets", $"Pod \"{current.Metadata.Namespace}\"/\"{current.Metadata.Name}\" matches multiple PodDisruptionBudgets.  Chose \"{keys[0].Name}\" arbitrarily.");
    }

    private List<ObjectKey> KeysOf(string ns, Dictionary<string, string>? labels) =>
        [.. _budgets.List(ns).Where(b => Selector.From(b.Spec.Selector).Matches(labels)).Select(KeyOf).OrderBy(k => k.Name, StringComparer.Ordinal)];

    /// <summary>A workload that comes, goes or is resized concerns the budgets of its pods.</summary>
    private Informer<T> Sized<T>(Func<T, (int? Replicas, PodTemplateSpec? Template)> of)
        where T : class, IObject<T> => Watch(Context.Informers.For<T>(), (old, current) =>
        {
            if (old is not null && current is not null && of(old).Replicas == of(current).Replicas) return;
            var workload = (current ?? old)!;
            foreach (var key in KeysOf(workload.Metadata.Namespace, of(workload).Template?.Metadata.Labels)) Queue.Add(key);
        });
}
