namespace Sampan.Api.Discovery.V1;

/// <summary>A zone that a backend is meant for.</summary>
[ApiType("io.k8s.api.discovery.v1.ForZone")]
public sealed partial class ForZone : IApiType<ForZone>
{
    /// <summary>The zone, as in the node label topology.kubernetes.io/zone.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";
}
