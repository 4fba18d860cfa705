using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>Runs one pod on every node, or on every node that matches.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSet")]
[Kind("apps", "v1", Plural = "daemonsets", Singular = "daemonset", Namespaced = true, ShortNames = ["ds"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class DaemonSet : IObject<DaemonSet>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What runs on the nodes, and how it is updated.</summary>
    [Field("spec", 2)]
    public DaemonSetSpec Spec { get; set; } = new();

    /// <summary>How far the nodes have got; may be a little out of date.</summary>
    [Field("status", 3)]
    public DaemonSetStatus Status { get; set; } = new();
}
