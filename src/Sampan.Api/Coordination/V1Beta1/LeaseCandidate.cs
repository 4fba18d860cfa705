using Sampan.Api.Meta.V1;

namespace Sampan.Api.Coordination.V1Beta1;

/// <summary>A contender for a lease under coordinated leader election, by which the server picks the best.</summary>
[ApiType("io.k8s.api.coordination.v1beta1.LeaseCandidate")]
[Kind("coordination.k8s.io", "v1beta1", Plural = "leasecandidates", Singular = "leasecandidate", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class LeaseCandidate : IObject<LeaseCandidate>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Lease contended for, and the contender's versions.</summary>
    [Field("spec", 2, Required = true)]
    public LeaseCandidateSpec Spec { get; set; } = new();
}
