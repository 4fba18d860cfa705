using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Codec;

namespace Sampan.ApiServer.Patch;

/// <summary>JSON merge patch, RFC 7386: objects merge, null removes, everything else replaces.</summary>
public static class JsonMergePatch
{
    /// <summary>Changes the document in place.</summary>
    public static void Apply(JsonObject document, ReadOnlySpan<byte> patch, JsonReadContext? context = null) =>
        Merge(document, PatchDocument.Read(patch, context) as JsonObject ?? throw StatusException.BadRequest("Invalid JSON Patch"));

    /// <summary>Changes the document in place; the patch stays as it is.</summary>
    public static void Merge(JsonObject document, JsonObject patch)
    {
        List<string> gone = [];
        foreach ((string name, JsonNode? value) in patch)
        {
            switch (value)
            {
                case null:
                    gone.Add(name);
                    break;
                case JsonObject nested:
                    if (document[name] is not JsonObject target)
                    {
                        document[name] = target = [];
                    }

                    Merge(target, nested);
                    break;
                default:
                    document[name] = value.DeepClone();
                    break;
            }
        }

        Removal.Of(document, gone);
    }
}
