using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sampan.Kubelet.Configuration;

/// <summary>Reading and writing of the configuration, generated at compile time. Unknown fields are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(DurationConverter), typeof(TaintConverter)])]
[JsonSerializable(typeof(KubeletConfiguration))]
internal sealed partial class ConfigurationJson : JsonSerializerContext
{
    /// <summary>As a file would have it.</summary>
    public static JsonObject Write(KubeletConfiguration configuration)
    {
        var tree = JsonSerializer.SerializeToNode(configuration, Default.KubeletConfiguration)!.AsObject();
        tree.Insert(0, "kind", Configuration.KubeletConfiguration.KindText);
        tree.Insert(1, "apiVersion", Configuration.KubeletConfiguration.ApiVersionText);
        return tree;
    }

    /// <exception cref="JsonException">What of it is no configuration.</exception>
    public static KubeletConfiguration Read(JsonObject tree) => tree.Deserialize(Default.KubeletConfiguration) ?? new();
}
