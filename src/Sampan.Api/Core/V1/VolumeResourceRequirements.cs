namespace Sampan.Api.Core.V1;

/// <summary>How large a volume must be, and may be.</summary>
[ApiType("io.k8s.api.core.v1.VolumeResourceRequirements")]
public sealed partial class VolumeResourceRequirements : IApiType<VolumeResourceRequirements>
{
    /// <summary>Most that the volume may offer, under the key storage; not enforced on binding.</summary>
    [Field("limits", 1)]
    public Dictionary<string, Quantity>? Limits { get; set; }

    /// <summary>Least that the volume must offer, under the key storage; required for a claim.</summary>
    [Field("requests", 2)]
    public Dictionary<string, Quantity>? Requests { get; set; }
}
