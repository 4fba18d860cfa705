using System.Text.Json;
using System.Text.Json.Serialization;
using Sampan.Cluster.Lifecycle;

namespace Sampan.Terminal;

/// <summary>What <c>-o json</c> prints, written by code that is generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(IReadOnlyList<NodeLine>), TypeInfoPropertyName = "Nodes")]
internal sealed partial class ScreenJson : JsonSerializerContext;
