namespace Sampan.Api.ApiExtensions.V1;

/// <summary>The endpoints that objects of a custom resource have besides their own.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources")]
public sealed partial class CustomResourceSubresources : IApiType<CustomResourceSubresources>
{
    /// <summary>When present, status is written through /status only, and changing it does not raise the generation.</summary>
    [Field("status", 1)]
    public CustomResourceSubresourceStatus? Status { get; set; }

    /// <summary>When present, /scale reads and sets the number of replicas.</summary>
    [Field("scale", 2)]
    public CustomResourceSubresourceScale? Scale { get; set; }
}
