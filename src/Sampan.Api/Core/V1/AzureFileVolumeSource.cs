namespace Sampan.Api.Core.V1;

/// <summary>An Azure Files share mounted directly in a pod; deprecated, the driver file.csi.azure.com does the work.</summary>
[ApiType("io.k8s.api.core.v1.AzureFileVolumeSource")]
public sealed partial class AzureFileVolumeSource : IApiType<AzureFileVolumeSource>
{
    /// <summary>Secret in the pod's namespace with the name and key of the Azure storage account.</summary>
    [Field("secretName", 1, Required = true)]
    public string SecretName { get; set; } = "";

    /// <summary>Share to mount, as it is called in the storage account.</summary>
    [Field("shareName", 2, Required = true)]
    public string ShareName { get; set; } = "";

    /// <summary>Makes every mount of the share read-only.</summary>
    [Field("readOnly", 3)]
    public bool ReadOnly { get; set; }
}
