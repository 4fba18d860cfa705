using Sampan.Api.Meta.V1;

namespace Sampan.Api.ApiServerInternal.V1Alpha1;

/// <summary>In which versions the API servers store a resource; named after group and resource, as in apps.deployments.</summary>
[ApiType("io.k8s.api.apiserverinternal.v1alpha1.StorageVersion")]
[Kind("internal.apiserver.k8s.io", "v1alpha1", Plural = "storageversions", Singular = "storageversion", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class StorageVersion : IObject<StorageVersion>
{
    [Field("metadata", 1, Required = true)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Always empty; there is nothing to wish for.</summary>
    [Field("spec", 2)]
    public StorageVersionSpec Spec { get; set; } = new();

    /// <summary>What each API server reports, and whether they agree.</summary>
    [Field("status", 3)]
    public StorageVersionStatus Status { get; set; } = new();
}
