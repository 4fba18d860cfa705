namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale")]
public sealed partial class CustomResourceSubresourceScale : IApiType<CustomResourceSubresourceScale>
{
    [Field("specReplicasPath", 1, Required = true)]
    public string SpecReplicasPath { get; set; } = "";

    [Field("statusReplicasPath", 2, Required = true)]
    public string StatusReplicasPath { get; set; } = "";

    [Field("labelSelectorPath", 3, Pointer = true)]
    public string? LabelSelectorPath { get; set; }
}
