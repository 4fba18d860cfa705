namespace Sampan.Api.ApiExtensions.V1;

[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources")]
public sealed partial class CustomResourceSubresources : IApiType<CustomResourceSubresources>
{
    [Field("status", 1)]
    public CustomResourceSubresourceStatus? Status { get; set; }

    [Field("scale", 2)]
    public CustomResourceSubresourceScale? Scale { get; set; }
}
