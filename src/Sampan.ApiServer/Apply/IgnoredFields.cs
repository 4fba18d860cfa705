using System.Collections.Concurrent;
using Sampan.Api;

namespace Sampan.ApiServer.Apply;

/// <summary>The fields that nobody manages: those the system sets, and those that the written part of an object cannot change.</summary>
internal static class IgnoredFields
{
    private static readonly string[] System =
    [
        "apiVersion", "kind", "metadata.name", "metadata.namespace", "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid",
        "metadata.generation", "metadata.managedFields", "metadata.resourceVersion",
    ];

    private static readonly ConcurrentDictionary<(KindInfo Kind, string Subresource), FieldSet> Sets = new();

    public static FieldSet Of(KindInfo kind, string subresource) =>
        Sets.GetOrAdd((kind, subresource), static key => FieldSet.OfNames([.. System, .. ResetBy(key.Kind, key.Subresource)]));

    /// <summary>What a write to this part of the kind leaves as it was. Upstream: GetResetFields of the strategies in pkg/registry.</summary>
    private static IEnumerable<string> ResetBy(KindInfo kind, string subresource) => subresource switch
    {
        "" when kind is { Group: "certificates.k8s.io", Kind: "CertificateSigningRequest" } => ["spec", "status"],
        "" => kind.Subresources.Any(part => part.Name == "status") ? ["status"] : [],
        "status" => ByStatus(kind),
        "approval" => ["spec", "status.certificate"],
        "finalize" => ["status"],
        "ephemeralcontainers" => AllBut(kind, "ephemeralContainers"),
        "resize" => AllBut(kind, "containers", "initContainers", "resources"),
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

    /// <summary>Everything but these fields of the spec.</summary>
    private static IEnumerable<string> AllBut(KindInfo kind, params string[] fields) =>
        kind.Schema.Find("spec")!.Object!.Fields.Select(other => other.Name).Where(name => !fields.Contains(name)).Select(name => $"spec.{name}")
            .Concat(["metadata", "status"]);
}
