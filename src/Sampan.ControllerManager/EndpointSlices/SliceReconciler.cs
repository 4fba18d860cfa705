using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Writes the fewest slices that make the stored ones say what is wanted.</summary>
internal sealed class SliceReconciler(Informer<EndpointSlice> slices, OwnWrites<EndpointSlice> writes, string managedBy)
{
    private const string Index = "service";

    public static void AddIndex(Informer<EndpointSlice> slices) => slices.AddIndex(
        Index, s => s.Metadata.Labels?.GetValueOrDefault(SliceLabels.ServiceName) is { } name ? [$"{s.Metadata.Namespace}/{name}"] : []);

    public async Task ReconcileAsync(
        SliceTemplate template, List<SliceGroup> desired, DateTimeOffset? changedAt, CancellationToken cancellationToken)
    {
        var known = Known(template.Namespace, template.ServiceName);
        var plan = new SlicePlan(template, changedAt);
        foreach (var group in desired)
        {
            var same = known.Where(s => SliceGroup.KeyOf(s.AddressType, s.Ports.OrEmpty()) == group.Key).ToList();
            plan.Fit(group, same);
            foreach (var slice in same) known.Remove(slice);
        }

        foreach (var slice in plan.Create) await writes.CreateAsync(slice, cancellationToken);
        foreach (var slice in plan.Update) await writes.UpdateAsync(slice, cancellationToken);
        foreach (var slice in plan.Delete.Concat(known)) await writes.DeleteAsync(slice, null, cancellationToken);
    }

    public async Task DeleteAllAsync(string ns, string service, CancellationToken cancellationToken)
    {
        foreach (var slice in Known(ns, service)) await writes.DeleteAsync(slice, null, cancellationToken);
    }

    public List<EndpointSlice> Known(string ns, string service) => slices.ByIndex(Index, $"{ns}/{service}")
        .Where(s => s.Metadata.Labels?.GetValueOrDefault(SliceLabels.ManagedBy) == managedBy && s.Metadata.DeletionTimestamp is null)
        .OrderBy(s => s.Metadata.CreationTimestamp?.Value).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal).ToList();
}
