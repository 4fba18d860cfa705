using Sampan.Api.Meta.V1;

namespace Sampan.Api.StorageMigration.V1Beta1;

/// <summary>Writes all objects of a resource anew, so that they are stored in the current version.</summary>
[ApiType("io.k8s.api.storagemigration.v1beta1.StorageVersionMigration")]
[Kind("storagemigration.k8s.io", "v1beta1", Plural = "storageversionmigrations", Singular = "storageversionmigration", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class StorageVersionMigration : IObject<StorageVersionMigration>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The resource whose objects are written anew.</summary>
    [Field("spec", 2)]
    public StorageVersionMigrationSpec Spec { get; set; } = new();

    /// <summary>How far the migration is.</summary>
    [Field("status", 3)]
    public StorageVersionMigrationStatus Status { get; set; } = new();
}
