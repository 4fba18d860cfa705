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

    private static readonly ConcurrentDictionary<(KindInfo Kind, bool IsStatus), FieldSet> Sets = new();

    public static FieldSet Of(KindInfo kind, string subresource) =>
        Sets.GetOrAdd((kind, subresource == "status"), static key => FieldSet.OfNames([.. System, .. ResetBy(key.Kind, key.IsStatus)]));

    private static IEnumerable<string> ResetBy(KindInfo kind, bool isStatus)
    {
        if (kind.Subresources.All(part => part.Name != "status"))
        {
            return [];
        }
        return isStatus ? StatusResets(kind) : ["status"];
    }

    private static string[] StatusResets(KindInfo kind) => (kind.Group, kind.Kind) switch
    {
        ("", "Pod") => ["spec", "metadata.deletionTimestamp", "metadata.ownerReferences"],
        ("apps", "Deployment") => ["spec", "metadata.labels"],
        _ => ["spec"],
    };
}
