using System.Globalization;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>JSON patch, RFC 6902, within upstream's limits on operations and copied bytes. An operation that fails refuses the whole patch.</summary>
public static class JsonPatch
{
    private const int MaxOperations = 10_000;
    private const int MaxCopiedBytes = 3 * 1024 * 1024;

    /// <summary>Answers the patched document; the given one must not be used any more.</summary>
    public static JsonNode Apply(JsonNode document, ReadOnlySpan<byte> patch, JsonReadContext? context = null)
    {
        JsonArray operations = Read(patch, context);
        int copied = 0;
        foreach (JsonNode? operation in operations)
        {
            ApplyOne(document, operation as JsonObject ?? throw PatchDocument.DoesNotApply(), ref copied);
        }

        return document;
    }

    private static JsonArray Read(ReadOnlySpan<byte> patch, JsonReadContext? context)
    {
        JsonReadContext own = new(context?.Validation ?? FieldValidation.Ignore);
        JsonNode? node = PatchDocument.Read(patch, own);
        foreach (string error in own.StrictErrors)
        {
            context!.AddError($"json patch {error}");
        }

        JsonArray operations = node as JsonArray ?? throw PatchDocument.WrongType(node, "jsonpatch.Patch");
        return operations.Count <= MaxOperations ? operations : throw StatusException.RequestEntityTooLarge(
            $"The allowed maximum operations in a JSON patch is {MaxOperations}, got {operations.Count}");
    }

    private static void ApplyOne(JsonNode document, JsonObject operation, ref int copied)
    {
        JsonPointer path = PointerOf(operation, "path");
        switch (TextOf(operation, "op"))
        {
            case "add": Add(document, path, operation["value"]?.DeepClone()); break;
            case "remove": Remove(document, path); break;
            case "replace": Replace(document, path, operation["value"]?.DeepClone()); break;
            case "test": Test(document, path, operation["value"]); break;
            case "move": Add(document, path, Remove(document, PointerOf(operation, "from"))); break;
            case "copy": Add(document, path, Copy(document, PointerOf(operation, "from"), ref copied)); break;
            default: throw PatchDocument.DoesNotApply();
        }
    }

    private static void Add(JsonNode document, JsonPointer path, JsonNode? value)
    {
        switch (Container(document, path))
        {
            case JsonObject map: map[path.Key] = value; break;
            case JsonArray list when path.Key == "-": list.Add(value); break;
            case JsonArray list: list.Insert(IndexIn(list.Count + 1, path.Key), value); break;
            default: throw PatchDocument.DoesNotApply();
        }
    }

    private static JsonNode? Remove(JsonNode document, JsonPointer path)
    {
        JsonNode? removed = Get(document, path);
        if (Container(document, path) is JsonArray list)
        {
            list.RemoveAt(IndexIn(list.Count, path.Key));
        }
        else
        {
            ((JsonObject)Container(document, path)!).Remove(path.Key);
        }

        return removed;
    }

    private static void Replace(JsonNode document, JsonPointer path, JsonNode? value)
    {
        Get(document, path);
        switch (Container(document, path))
        {
            case JsonArray list: list[IndexIn(list.Count, path.Key)] = value; break;
            case JsonObject map: map[path.Key] = value; break;
        }
    }

    // A name that is not there equals null.
    private static void Test(JsonNode document, JsonPointer path, JsonNode? expected)
    {
        JsonNode? found = Container(document, path) is JsonObject map ? map[path.Key] : Get(document, path);
        if (!JsonTree.DeepEquals(found, expected))
        {
            throw PatchDocument.DoesNotApply();
        }
    }

    private static JsonNode? Copy(JsonNode document, JsonPointer from, ref int copied)
    {
        JsonNode? value = Get(document, from)?.DeepClone();
        copied += JsonTree.Encode(value).Length;
        return copied <= MaxCopiedBytes ? value : throw PatchDocument.DoesNotApply();
    }

    private static JsonNode? Get(JsonNode document, JsonPointer path) => Container(document, path) switch
    {
        JsonArray list => list[IndexIn(list.Count, path.Key)],
        JsonObject map when map.TryGetPropertyValue(path.Key, out JsonNode? value) => value,
        _ => throw PatchDocument.DoesNotApply(),
    };

    private static JsonNode? Container(JsonNode document, JsonPointer path)
    {
        JsonNode? node = document;
        foreach (string step in path.Parents)
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list => list[IndexIn(list.Count, step)],
                _ => throw PatchDocument.DoesNotApply(),
            };
        }

        return node;
    }

    // A negative index counts from the end.
    private static int IndexIn(int count, string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            throw PatchDocument.DoesNotApply();
        }

        index = index < 0 ? index + count : index;
        return index >= 0 && index < count ? index : throw PatchDocument.DoesNotApply();
    }

    private static JsonPointer PointerOf(JsonObject operation, string name) =>
        JsonPointer.Parse(TextOf(operation, name)) ?? throw PatchDocument.DoesNotApply();

    private static string? TextOf(JsonObject operation, string name) =>
        operation[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
