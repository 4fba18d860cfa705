using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sampan.Proxy.Configuration;

/// <summary>Reading of the configuration, generated at compile time. Unknown fields are refused.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KubeProxyConfiguration))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
