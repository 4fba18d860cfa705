using Sampan.Api.Meta.V1;

namespace Sampan.Api.StorageMigration.V1Beta1;

/// <summary>How far a migration is.</summary>
[ApiType("io.k8s.api.storagemigration.v1beta1.StorageVersionMigrationStatus")]
public sealed partial class StorageVersionMigrationStatus : IApiType<StorageVersionMigrationStatus>
{
    /// <summary>Findings about the migration: Running, Succeeded or Failed.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }

    /// <summary>Objects last written before this resource version were to be migrated.</summary>
    [Field("resourceVersion", 2)]
    public string? ResourceVersion { get; set; }
}
