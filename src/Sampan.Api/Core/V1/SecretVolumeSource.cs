namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.SecretVolumeSource")]
public sealed partial class SecretVolumeSource : IApiType<SecretVolumeSource>
{
    [Field("secretName", 1)]
    public string? SecretName { get; set; }

    [Field("items", 2, ListType = "atomic")]
    public List<KeyToPath>? Items { get; set; }

    [Field("defaultMode", 3)]
    public int? DefaultMode { get; set; }

    [Field("optional", 4)]
    public bool? Optional { get; set; }
}
