using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sampan.Kubelet.Images.Access;

/// <summary>Reading and writing of the records of pulls, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PullIntent))]
[JsonSerializable(typeof(PulledRecord))]
internal sealed partial class PullJson : JsonSerializerContext;
