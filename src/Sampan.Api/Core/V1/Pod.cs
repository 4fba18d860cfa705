using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Containers that run together on one node and share its network address and volumes.</summary>
[ApiType("io.k8s.api.core.v1.Pod")]
[Kind("", "v1", Plural = "pods", Singular = "pod", Namespaced = true, ShortNames = ["po"], Categories = ["all"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("attach", Kind = "PodAttachOptions", Verbs = ["create", "get"])]
[Subresource("binding", Kind = "Binding", Verbs = ["create"])]
[Subresource("ephemeralcontainers", Verbs = ["get", "patch", "update"])]
[Subresource("eviction", Group = "policy", Kind = "Eviction", Verbs = ["create"])]
[Subresource("exec", Kind = "PodExecOptions", Verbs = ["create", "get"])]
[Subresource("log", Verbs = ["get"])]
[Subresource("portforward", Kind = "PodPortForwardOptions", Verbs = ["create", "get"])]
[Subresource("proxy", Kind = "PodProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("resize", Verbs = ["get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Pod : IObject<Pod>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the pod should run and how.</summary>
    [Field("spec", 2)]
    public PodSpec Spec { get; set; } = new();

    /// <summary>What is observed of the pod.</summary>
    [Field("status", 3)]
    public PodStatus Status { get; set; } = new();
}
