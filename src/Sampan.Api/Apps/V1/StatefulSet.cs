using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>Runs pods with stable names and storage, started and stopped in order.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSet")]
[Kind("apps", "v1", Plural = "statefulsets", Singular = "statefulset", Namespaced = true, ShortNames = ["sts"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("scale", Group = "autoscaling", Kind = "Scale", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class StatefulSet : IObject<StatefulSet>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The pods wanted, with their identity, storage and order.</summary>
    [Field("spec", 2)]
    public StatefulSetSpec Spec { get; set; } = new();

    /// <summary>How many pods there are of each version; may lag a moment behind.</summary>
    [Field("status", 3)]
    public StatefulSetStatus Status { get; set; } = new();
}
