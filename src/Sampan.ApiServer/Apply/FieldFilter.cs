using System.Collections.Concurrent;
using System.Text.Json;
using Sampan.Api;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>
/// Which fields a writer of a part of an object manages: not those the system sets, nor those that the part cannot change.
/// </summary>
/// <param name="Ignored">What nobody manages, with everything below.</param>
/// <param name="Only">The steps of the paths that alone are managed, with everything below; null for all others.</param>
internal sealed record FieldFilter(FieldSet Ignored, IReadOnlyList<string[]>? Only)
{
    /// <summary>A step that any field or element takes.</summary>
    private static readonly string[] Any = [];

    private static readonly string[] System =
    [
        "apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid",
        "metadata.generation", "metadata.managedFields", "metadata.resourceVersion",
    ];

    private static readonly ConcurrentDictionary<(KindInfo Kind, string Subresource), FieldFilter> Filters = new();

    public static FieldFilter Of(KindInfo kind, string subresource) => Filters.GetOrAdd((kind, subresource), static key => new(
        FieldSet.OfNames([.. System, .. ResetBy(key.Kind, key.Subresource)]), ChangedBy(key.Subresource)));

    public FieldSet Apply(FieldSet fields) => Within(fields.Without(Ignored));

    public TreeDifference Compare(ReadOnlyMemory<byte> old, ReadOnlyMemory<byte> next, IStructure structure)
    {
        using var before = JsonDocument.Parse(old, JsonTexts.DocumentOptions);
        using var after = JsonDocument.Parse(next, JsonTexts.DocumentOptions);
        return Compare(before.RootElement, after.RootElement, structure);
    }

    public TreeDifference Compare(JsonElement old, JsonElement next, IStructure structure)
    {
        var all = TreeComparer.Compare(old, next, structure, Ignored);
        return Only is null ? all : new TreeDifference(Within(all.Added), Within(all.Modified), Within(all.Removed));
    }

    private FieldSet Within(FieldSet fields) => Only is null ? fields : Within(fields, 0);

    private FieldSet Within(FieldSet fields, int step)
    {
        var kept = new List<FieldEntry>();
        foreach (var entry in fields.Entries)
        {
            if (Only![step].Length > 0 && !(entry.Element.IsField && Only[step].Contains(entry.Element.Value.ToString())))
            {
                continue;
            }
            var next = step + 1 == Only.Count ? entry : new FieldEntry(entry.Element, false, Within(entry.Children, step + 1));
            if (!next.IsEmpty)
            {
                kept.Add(next);
            }
        }
        return FieldSet.Of([.. kept]);
    }

    /// <summary>What a write to this part alone changes. Upstream: GetResetFieldsFilter of the strategies in pkg/registry.</summary>
    private static string[][]? ChangedBy(string subresource) => subresource switch
    {
        "ephemeralcontainers" => [["spec"], ["ephemeralContainers"]],
        "resize" => [["spec"], ["containers", "initContainers"], Any, ["resources", "resizePolicy"]],
        _ => null,
    };

    /// <summary>What a write to this part of the kind leaves as it was. Upstream: GetResetFields of the strategies in pkg/registry.</summary>
    private static IEnumerable<string> ResetBy(KindInfo kind, string subresource) => subresource switch
    {
        // Upstream's fields of this kind are under another name of the group, and none of them counts.
        "" or "status" when kind is { Group: "networking.k8s.io", Kind: "ServiceCIDR" } => [],
        "" when kind is { Group: "certificates.k8s.io", Kind: "CertificateSigningRequest" } => ["spec", "status"],
        "" => kind.Subresources.Any(part => part.Name == "status") ? ["status"] : [],
        "status" => ByStatus(kind),
        "approval" => ["spec", "status.certificate"],
        "finalize" => ["status"],
        _ => [],
    };

    private static string[] ByStatus(KindInfo kind) => (kind.Group, kind.Kind) switch
    {
        ("", "Pod") => ["spec", "metadata.deletionTimestamp", "metadata.ownerReferences"],
        ("apps", "Deployment") => ["spec", "metadata.labels"],
        ("certificates.k8s.io", "CertificateSigningRequest") => ["spec", "status.conditions"],
        ("flowcontrol.apiserver.k8s.io", _) or ("storage.k8s.io", "VolumeAttachment") or ("resource.k8s.io", "ResourceClaim")
            or ("admissionregistration.k8s.io", _) or ("apiextensions.k8s.io", _) or ("apiregistration.k8s.io", _)
            or ("storagemigration.k8s.io", _) or ("internal.apiserver.k8s.io", _) => ["metadata", "spec"],
        _ => ["spec"],
    };
}
