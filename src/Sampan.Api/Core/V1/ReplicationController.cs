using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Keeps a number of pods running; ReplicaSet replaced it.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationController")]
[Kind("", "v1", Plural = "replicationcontrollers", Singular = "replicationcontroller", Namespaced = true, ShortNames = ["rc"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("scale", Group = "autoscaling", Kind = "Scale", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class ReplicationController : IObject<ReplicationController>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How many pods to keep, which ones, and how to make them.</summary>
    [Field("spec", 2)]
    public ReplicationControllerSpec Spec { get; set; } = new();

    /// <summary>How many of the pods there are, as last observed.</summary>
    [Field("status", 3)]
    public ReplicationControllerStatus Status { get; set; } = new();
}
