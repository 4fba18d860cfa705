using Sampan.Api.Meta.V1;

namespace Sampan.Api.StorageMigration.V1Beta1;

[ApiType("io.k8s.api.storagemigration.v1beta1.StorageVersionMigrationStatus")]
public sealed partial class StorageVersionMigrationStatus : IApiType<StorageVersionMigrationStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }

    [Field("resourceVersion", 2)]
    public string? ResourceVersion { get; set; }
}
