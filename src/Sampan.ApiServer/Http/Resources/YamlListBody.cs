using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Sampan.Api.Codec;
using Sampan.ApiServer.Watch;

namespace Sampan.ApiServer.Http.Resources;

/// <summary>
/// A list or table as YAML, element by element.
/// <code>
/// apiVersion: v1          before
/// items:                  name
/// - apiVersion: v1        elements
///   …
/// kind: PodList           after
/// </code>
/// </summary>
internal sealed class YamlListBody(
    JsonObject before, string name, JsonObject after, IReadOnlyCollection<CachedObject> items, Func<CachedObject, JsonNode?> elementOf)
    : ListBody(items)
{
    protected override void Begin(IBufferWriter<byte> output) =>
        Write(output, before.Count > 0 ? YamlTree.Format(before) : "", Items.Count > 0 ? $"{name}:\n" : $"{name}: []\n");

    protected override ReadOnlyMemory<byte> Write(IBufferWriter<byte> output, CachedObject item, int index)
    {
        var prefix = "- ";
        foreach (var line in YamlTree.Format(elementOf(item)).TrimEnd('\n').Split('\n'))
        {
            Write(output, line.Length > 0 ? prefix : "", line, "\n");
            prefix = "  ";
        }
        return default;
    }

    protected override void End(IBufferWriter<byte> output) => Write(output, after.Count > 0 ? YamlTree.Format(after) : "");

    private static void Write(IBufferWriter<byte> output, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            Encoding.UTF8.GetBytes(text.AsSpan(), output);
        }
    }
}
