using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A machine that runs pods.</summary>
[ApiType("io.k8s.api.core.v1.Node")]
[Kind("", "v1", Plural = "nodes", Singular = "node", ShortNames = ["no"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("proxy", Kind = "NodeProxyOptions", Verbs = ["create", "delete", "get", "patch", "update"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class Node : IObject<Node>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How the node is set up, such as its taints and pod address ranges.</summary>
    [Field("spec", 2)]
    public NodeSpec Spec { get; set; } = new();

    /// <summary>What the node reports about itself, such as resources, addresses and health.</summary>
    [Field("status", 3)]
    public NodeStatus Status { get; set; } = new();
}
