namespace Sampan.Api.ApiServerInternal.V1Alpha1;

/// <summary>Kept for uniformity with other kinds; has no fields.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionSpec")]
public sealed partial class StorageVersionSpec : IApiType<StorageVersionSpec>
{
}
