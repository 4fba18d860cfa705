using Sampan.Api.Discovery.V1;

namespace Sampan.ControllerManager.EndpointSlices;

/// <summary>Writes the fewest slices that make the stored ones say what is wanted.</summary>
internal sealed class SliceReconciler(Informer<EndpointSlice> slices, OwnWrites<EndpointSlice> writes, SliceMetrics metrics, string managedBy, int limit)
{
    public const int DefaultLimit = 100;
    private const string Index = "service";

    public int Limit => limit;

    public static void AddIndex(Informer<EndpointSlice> slices) => slices.AddIndex(
        Index, s => s.Metadata.Labels?.GetValueOrDefault(SliceLabels.ServiceName) is { } name ? [$"{s.Metadata.Namespace}/{name}"] : []);

    /// <summary>Compares everything that is wanted with everything that is stored.</summary>
    public SlicePlan Plan(SliceTemplate template, List<SliceGroup> desired, DateTimeOffset? changedAt)
    {
        var known = Known(template.Namespace, template.ServiceName);
        var plan = new SlicePlan(template, changedAt, limit);
        foreach (var group in desired)
        {
            var same = known.Where(s => template.Owns(s) && group.Holds(s)).ToList();
            plan.Fit(group, same);
            foreach (var slice in same) known.Remove(slice);
        }

        plan.Delete.AddRange(known);
        plan.Recycle();
        return plan;
    }

    /// <summary>Returns what was created and updated, as it is stored; null in a namespace that is going and takes nothing new.</summary>
    public async Task<List<EndpointSlice>?> WriteAsync(SlicePlan plan, CancellationToken cancellationToken)
    {
        var written = new List<EndpointSlice>();
        try
        {
            foreach (var slice in plan.Create) written.Add(await writes.CreateAsync(slice, cancellationToken));
        }
        catch (StatusException e) when (e.HasCause("NamespaceTerminating"))
        {
            return null;
        }

        foreach (var slice in plan.Update) written.Add(await writes.UpdateAsync(slice, cancellationToken));
        foreach (var slice in plan.Delete) await writes.DeleteAsync(slice, null, cancellationToken);
        metrics.Written(plan);
        return written;
    }

    public async Task DeleteAllAsync(string ns, string service, CancellationToken cancellationToken)
    {
        foreach (var slice in Known(ns, service)) await writes.DeleteAsync(slice, null, cancellationToken);
    }

    public List<EndpointSlice> Known(string ns, string service) => slices.ByIndex(Index, $"{ns}/{service}")
        .Where(s => s.Metadata.Labels?.GetValueOrDefault(SliceLabels.ManagedBy) == managedBy && s.Metadata.DeletionTimestamp is null)
        .OrderBy(s => s.Metadata.CreationTimestamp?.Value).ThenBy(s => s.Metadata.Name, StringComparer.Ordinal).ToList();
}
