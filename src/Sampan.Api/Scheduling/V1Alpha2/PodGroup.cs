using Sampan.Api.Meta.V1;

namespace Sampan.Api.Scheduling.V1Alpha2;

/// <summary>Pods that are scheduled by a common policy.</summary>
[ApiType("io.k8s.api.scheduling.v1alpha2.PodGroup")]
[Kind("scheduling.k8s.io", "v1alpha2", Plural = "podgroups", Singular = "podgroup", Namespaced = true, Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class PodGroup : IObject<PodGroup>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How the group is to be scheduled.</summary>
    [Field("spec", 2, Required = true)]
    public PodGroupSpec Spec { get; set; } = new();

    /// <summary>What became of the group.</summary>
    [Field("status", 3)]
    public PodGroupStatus Status { get; set; } = new();
}
