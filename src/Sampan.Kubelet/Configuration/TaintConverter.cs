using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Configuration;

/// <summary>Taints, which have the API's own form.</summary>
internal sealed class TaintConverter : JsonConverter<Taint>
{
    public override Taint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var tree = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("a taint has key, value and effect");
        return new Taint { Key = (string?)tree["key"] ?? "", Value = (string?)tree["value"], Effect = (string?)tree["effect"] ?? "" };
    }

    public override void Write(Utf8JsonWriter writer, Taint value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("key", value.Key);
        if (value.Value is { Length: > 0 } text)
        {
            writer.WriteString("value", text);
        }

        writer.WriteString("effect", value.Effect);
        writer.WriteEndObject();
    }
}
