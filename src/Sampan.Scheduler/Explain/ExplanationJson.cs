using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sampan.Scheduler.Explain;

/// <summary>Explanations for machines: <c>{"explanations": [ … ]}</c>, written by code that is generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<Explanation>), TypeInfoPropertyName = "Explanations")]
public sealed partial class ExplanationJson : JsonSerializerContext
{
    public static JsonObject Write(IReadOnlyList<Explanation> explanations) =>
        new() { ["explanations"] = JsonSerializer.SerializeToNode(explanations, Default.Explanations) };
}
