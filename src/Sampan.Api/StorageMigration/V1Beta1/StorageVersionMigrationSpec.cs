using Sampan.Api.Meta.V1;

namespace Sampan.Api.StorageMigration.V1Beta1;

/// <summary>What is migrated.</summary>
[ApiType("io.k8s.api.storagemigration.v1beta1.StorageVersionMigrationSpec")]
public sealed partial class StorageVersionMigrationSpec : IApiType<StorageVersionMigrationSpec>
{
    /// <summary>The resource, by group and plural; immutable.</summary>
    [Field("resource", 1, Required = true)]
    public GroupResourceReference Resource { get; set; } = new();
}
