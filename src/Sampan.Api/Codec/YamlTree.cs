using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Sampan.Api.Codec;

/// <summary>YAML to JSON and back, as Kubernetes understands YAML: version 1.1 scalars, any number of documents.</summary>
public static class YamlTree
{
    /// <summary>The first document; null when there is none. The context learns of keys that appear twice.</summary>
    public static JsonNode? Parse(string yaml, JsonReadContext? context = null) =>
        Read(yaml, context, documents: 1) is [{ } first, ..] ? first : null;

    /// <summary>All documents that hold something.</summary>
    public static IReadOnlyList<JsonNode> ParseAll(string yaml, JsonReadContext? context = null) => Read(yaml, context, documents: int.MaxValue);

    /// <summary>The first document as JSON text.</summary>
    public static byte[] ToJson(ReadOnlySpan<byte> yaml, JsonReadContext? context = null) =>
        JsonTree.Encode(Parse(Encoding.UTF8.GetString(yaml), context));

    /// <summary>YAML with sorted keys, as upstream writes it.</summary>
    public static string Format(JsonNode? node) => YamlTreeWriter.Write(node);

    private static List<JsonNode> Read(string yaml, JsonReadContext? context, int documents)
    {
        try
        {
            return new YamlTreeReader(yaml, context).ReadDocuments(documents);
        }
        catch (YamlException e)
        {
            throw new YamlFormatException($"error converting YAML to JSON: yaml: line {e.Start.Line}: {e.Message}", e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or InvalidCastException)
        {
            throw new YamlFormatException($"error converting YAML to JSON: yaml: {e.Message}", e);
        }
    }
}
