using System.Buffers;
using System.Text.Json.Nodes;

namespace Sampan.Client.Tests.Fakes;

/// <summary>Objects as JSON trees and back, and just enough of merging.</summary>
internal static class FakeTrees
{
    public static JsonObject ToTree(IObject obj)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonCodec.Encode(obj, output);
        return (JsonObject)JsonNode.Parse(output.WrittenSpan)!;
    }

    public static IObject ToObject(GroupVersionResource resource, JsonObject tree)
    {
        var kind = Kinds.Find(resource) ?? throw new InvalidOperationException($"no kind for {resource}");
        return kind.DecodeJson(System.Text.Encoding.UTF8.GetBytes(tree.ToJsonString()));
    }

    /// <summary>Merges maps; a strategic merge goes through ownerReferences by uid with $patch and through conditions by type, all other lists are replaced.</summary>
    public static void Merge(JsonObject target, JsonObject patch, bool strategic)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (strategic && name == "ownerReferences" && value is JsonArray owners) target[name] = MergeOwners(target[name] as JsonArray ?? [], owners);
            else if (strategic && name == "conditions" && value is JsonArray changed) target[name] = MergeByType(target[name] as JsonArray ?? [], changed);
            else if (value is JsonObject map && target[name] is JsonObject inner) Merge(inner, map, strategic);
            else target[name] = value.DeepClone();
        }
    }

    /// <summary>The finalizers that a deletion leaves, with those of its propagation policy.</summary>
    public static List<string> DeletionFinalizers(IObject obj, string? policy)
    {
        var finalizers = obj.Metadata.Finalizers.OrEmpty().ToList();
        if (policy == "Foreground" && !finalizers.Contains("foregroundDeletion")) finalizers.Add("foregroundDeletion");
        if (policy == "Orphan" && !finalizers.Contains("orphan")) finalizers.Add("orphan");
        return finalizers;
    }

    private static JsonArray MergeByType(JsonArray known, JsonArray patch)
    {
        var kept = known.Where(k => !patch.Any(p => (string?)p!["type"] == (string?)k!["type"]));
        return new JsonArray([.. kept.Concat(patch).Select(c => c!.DeepClone())]);
    }

    private static JsonArray MergeOwners(JsonArray known, JsonArray patch)
    {
        var result = known.Select(o => o!.DeepClone()).ToList();
        foreach (var entry in patch.OfType<JsonObject>())
        {
            var uid = (string?)entry["uid"];
            result.RemoveAll(o => (string?)o["uid"] == uid);
            if ((string?)entry["$patch"] != "delete") result.Add(entry.DeepClone());
        }

        return new JsonArray([.. result]);
    }
}
