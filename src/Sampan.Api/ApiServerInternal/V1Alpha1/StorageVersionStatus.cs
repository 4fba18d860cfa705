namespace Sampan.Api.ApiServerInternal.V1Alpha1;

[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionStatus")]
public sealed partial class StorageVersionStatus : IApiType<StorageVersionStatus>
{
    [Field("storageVersions", 1, ListType = "map", ListKeys = ["apiServerID"])]
    public List<ServerStorageVersion>? StorageVersions { get; set; }

    [Field("commonEncodingVersion", 2, Pointer = true)]
    public string? CommonEncodingVersion { get; set; }

    [Field("conditions", 3, ListType = "map", ListKeys = ["type"])]
    public List<StorageVersionCondition>? Conditions { get; set; }
}
