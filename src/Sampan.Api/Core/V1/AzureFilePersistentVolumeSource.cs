namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.AzureFilePersistentVolumeSource")]
public sealed partial class AzureFilePersistentVolumeSource : IApiType<AzureFilePersistentVolumeSource>
{
    [Field("secretName", 1, Required = true)]
    public string SecretName { get; set; } = "";

    [Field("shareName", 2, Required = true)]
    public string ShareName { get; set; } = "";

    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }

    [Field("secretNamespace", 4, Always = true, Pointer = true)]
    public string? SecretNamespace { get; set; }
}
