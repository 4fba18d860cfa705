using System.Text;
using System.Text.Json;
using Sampan.ApiServer.Patch;

namespace Sampan.ApiServer.Apply;

/// <summary>Names the elements of lists that are sets or maps.</summary>
internal static class ListElements
{
    public static bool IsAssociative(IStructure? structure) => structure?.ListType is "set" or "map";

    /// <summary>The step to an element: by its value in a set, by its keys (with their defaults) in a map.</summary>
    public static PathElement StepTo(JsonElement item, IStructure list)
    {
        if (list.ListType == "set" || item.ValueKind != JsonValueKind.Object)
        {
            return new PathElement("v:" + JsonTexts.Scalar(item));
        }
        var text = new StringBuilder("k:{");
        foreach (var key in list.ListKeys.Order(StringComparer.Ordinal))
        {
            if (KeyText(item, list, key) is { } value)
            {
                text.Append(text.Length > 3 ? "," : "").Append(JsonTexts.Quoted(key)).Append(':').Append(value);
            }
        }
        return new PathElement(text.Append('}').ToString());
    }

    /// <summary>The JSON of a key; null when the element lacks it and it has no default.</summary>
    public static string? KeyText(JsonElement item, IStructure list, string key)
    {
        if (item.Get(key) is var value && !value.IsAbsent())
        {
            return JsonTexts.Scalar(value);
        }
        return list.Element?.Field(key)?.Default is { Length: > 0 } text ? JsonTexts.Quoted(text) : null;
    }

    public static List<(PathElement Step, JsonElement Item)> Of(JsonElement list, IStructure structure)
    {
        var result = new List<(PathElement, JsonElement)>();
        if (list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                result.Add((StepTo(item, structure), item));
            }
        }
        return result;
    }
}
