namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.QuobyteVolumeSource")]
public sealed partial class QuobyteVolumeSource : IApiType<QuobyteVolumeSource>
{
    [Field("registry", 1, Required = true)]
    public string Registry { get; set; } = "";

    [Field("volume", 2, Required = true)]
    public string Volume { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    [Field("user", 4)]
    public string? User { get; set; }

    [Field("group", 5)]
    public string? Group { get; set; }

    [Field("tenant", 6)]
    public string? Tenant { get; set; }
}
