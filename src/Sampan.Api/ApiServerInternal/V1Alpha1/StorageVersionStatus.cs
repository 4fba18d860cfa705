namespace Sampan.Api.ApiServerInternal.V1Alpha1;

/// <summary>The API servers' reports on a resource's versions.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionStatus")]
public sealed partial class StorageVersionStatus : IApiType<StorageVersionStatus>
{
    /// <summary>One report per API server.</summary>
    [Field("storageVersions", 1, ListType = "map", ListKeys = ["apiServerID"])]
    public List<ServerStorageVersion>? StorageVersions { get; set; }

    /// <summary>The version all API servers write; empty as long as they differ, as during an upgrade.</summary>
    [Field("commonEncodingVersion", 2, Pointer = true)]
    public string? CommonEncodingVersion { get; set; }

    /// <summary>Conclusions from the reports, one entry per type.</summary>
    [Field("conditions", 3, ListType = "map", ListKeys = ["type"])]
    public List<StorageVersionCondition>? Conditions { get; set; }
}
