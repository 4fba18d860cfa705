using Sampan.Api;
using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Managed fields of an object as its Scale shows them, and back. The only field that both have is spec.replicas.
/// <code>
/// Deployment   kubectl  apps/v1         {spec.replicas, spec.template…}
/// Scale        kubectl  autoscaling/v1  {spec.replicas}
/// </code>
/// Upstream: apimachinery/pkg/util/managedfields/scalehandler.go.
/// </summary>
internal static class ScaleFields
{
    private static readonly FieldSet Replicas = FieldSet.OfNames("spec.replicas");

    /// <summary>Those who manage the number of replicas; null when the entries are not understood.</summary>
    public static List<ManagedFieldsEntry>? ToScale(IReadOnlyList<ManagedFieldsEntry> parent) =>
        ManagedFields.TryDecode(parent) is not { } managed ? null
            : new ManagedFields(managed.Entries.Where(HasReplicas).Select(entry => entry.With(Replicas, Scale.Info.ApiVersion, entry.Time))).Encode();

    /// <summary>The object's managers after its Scale was written.</summary>
    public static List<ManagedFieldsEntry>? ToParent(IReadOnlyList<ManagedFieldsEntry> parent, IReadOnlyList<ManagedFieldsEntry> scale, string apiVersion)
    {
        var known = ManagedFields.TryDecode(parent) ?? new ManagedFields([]);
        var left = (ManagedFields.TryDecode(scale) ?? new ManagedFields([])).Entries.ToList();
        var entries = new List<ManagedEntry>();
        foreach (var entry in known.Entries)
        {
            var kept = left.Find(other => IsSameManager(entry, other));
            if (kept is not null && HasReplicas(entry))
            {
                left.Remove(kept);
            }
            entries.Add(kept is null && HasReplicas(entry) ? entry.With(entry.Fields.Difference(Replicas)) : entry);
        }
        return new ManagedFields([.. entries.Where(entry => !entry.Fields.IsEmpty), .. left.Select(entry => entry.With(Replicas, apiVersion, entry.Time))]).Encode();
    }

    private static bool HasReplicas(ManagedEntry entry) => !entry.Fields.Intersection(Replicas).IsEmpty;

    private static bool IsSameManager(ManagedEntry entry, ManagedEntry other) =>
        entry.Manager == other.Manager && entry.Operation == other.Operation && entry.Subresource == other.Subresource;
}
