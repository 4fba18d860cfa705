using Sampan.Api.Meta.V1;

namespace Sampan.Api.Coordination.V1;

/// <summary>A claim that its holder renews: leader election and node heartbeats use it.</summary>
[ApiType("io.k8s.api.coordination.v1.Lease")]
[Kind("coordination.k8s.io", "v1", Plural = "leases", Singular = "lease", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Lease : IObject<Lease>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Who holds the lease, since when and for how long.</summary>
    [Field("spec", 2)]
    public LeaseSpec Spec { get; set; } = new();
}
