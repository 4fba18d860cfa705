using System.Text.Json.Serialization;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Volumes.Csi;

namespace Sampan.Kubelet;

/// <summary>Reading and writing of the kubelet's own files, generated at compile time.</summary>
[JsonSerializable(typeof(List<PreparedClaim>), TypeInfoPropertyName = "PreparedClaims")]
[JsonSerializable(typeof(ShutdownTimes))]
[JsonSerializable(typeof(CsiVolumeData))]
[JsonSerializable(typeof(SortedDictionary<string, string>), TypeInfoPropertyName = "Ids")]
internal sealed partial class KubeletJson : JsonSerializerContext;
