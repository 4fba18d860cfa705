using System.Text.Json.Nodes;

namespace Sampan.ApiServer.Patch;

/// <summary>
/// Takes many properties from an object. Each single removal moves all properties behind it, so those of a patch are taken together:
/// what stays is put into the object anew.
/// </summary>
internal static class Removal
{
    private const int Few = 16;

    public static void Of(JsonObject obj, IReadOnlyCollection<string> names)
    {
        if (names.Count <= Few)
        {
            foreach (string name in names)
            {
                obj.Remove(name);
            }

            return;
        }

        HashSet<string> gone = names as HashSet<string> ?? [.. names];
        var kept = obj.Where(pair => !gone.Contains(pair.Key)).ToArray();
        obj.Clear();
        foreach ((string name, JsonNode? value) in kept)
        {
            obj.Add(name, value);
        }
    }
}
