using Sampan.Api.Meta.V1;

namespace Sampan.Api.Coordination.V1Alpha2;

[ApiType("io.k8s.api.coordination.v1alpha2.LeaseCandidate")]
[Kind("coordination.k8s.io", "v1alpha2", Plural = "leasecandidates", Singular = "leasecandidate", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class LeaseCandidate : IObject<LeaseCandidate>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("spec", 2, Required = true)]
    public LeaseCandidateSpec Spec { get; set; } = new();
}
