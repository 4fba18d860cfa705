namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.AzureFileVolumeSource")]
public sealed partial class AzureFileVolumeSource : IApiType<AzureFileVolumeSource>
{
    [Field("secretName", 1, Required = true)]
    public string SecretName { get; set; } = "";

    [Field("shareName", 2, Required = true)]
    public string ShareName { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
