namespace Sampan.Api.ApiExtensions.V1;

/// <summary>Switches the status endpoint on; has no settings.</summary>
[ApiType("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus")]
public sealed partial class CustomResourceSubresourceStatus : IApiType<CustomResourceSubresourceStatus>
{
}
