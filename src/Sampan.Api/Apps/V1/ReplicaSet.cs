using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>Keeps a number of equal pods running; Deployments manage them.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSet")]
[Kind("apps", "v1", Plural = "replicasets", Singular = "replicaset", Namespaced = true, ShortNames = ["rs"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("scale", Group = "autoscaling", Kind = "Scale", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ReplicaSet : IObject<ReplicaSet>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How many pods are wanted, and of what shape.</summary>
    [Field("spec", 2)]
    public ReplicaSetSpec Spec { get; set; } = new();

    /// <summary>How many pods there are; may lag behind.</summary>
    [Field("status", 3)]
    public ReplicaSetStatus Status { get; set; } = new();
}
