using System.Text.Json.Serialization;

namespace Sampan.Network;

/// <summary>Reading and writing of what the network keeps and is told, generated at compile time.</summary>
[JsonSerializable(typeof(Dictionary<string, string[]>), TypeInfoPropertyName = "StubDomains")]
[JsonSerializable(typeof(Dictionary<string, string>), TypeInfoPropertyName = "Settings")]
[JsonSerializable(typeof(string[]))]
internal sealed partial class NetworkJson : JsonSerializerContext;
