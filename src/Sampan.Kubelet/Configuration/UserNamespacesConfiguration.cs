using System.Text.Json.Serialization;

namespace Sampan.Kubelet.Configuration;

/// <summary>How many users a pod gets that does not share the host's: a multiple of 65536.</summary>
public sealed record UserNamespacesConfiguration
{
    [JsonPropertyName("idsPerPod")]
    public long IdsPerPod { get; set; } = 65536;
}
