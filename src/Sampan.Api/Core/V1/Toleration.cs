namespace Sampan.Api.Core.V1;

/// <summary>A taint that the pod accepts.</summary>
[ApiType("io.k8s.api.core.v1.Toleration")]
public sealed partial class Toleration : IApiType<Toleration>
{
    [Field("key", 1)]
    public string? Key { get; set; }

    [Field("operator", 2)]
    public string? Operator { get; set; }

    [Field("value", 3)]
    public string? Value { get; set; }

    [Field("effect", 4)]
    public string? Effect { get; set; }

    [Field("tolerationSeconds", 5)]
    public long? TolerationSeconds { get; set; }
}
