using Sampan.Api.Meta.V1;

namespace Sampan.Api.Node.V1;

/// <summary>A way to run containers, such as inside a sandboxing virtual machine, that pods may choose.</summary>
[ApiType("io.k8s.api.node.v1.RuntimeClass")]
[Kind("node.k8s.io", "v1", Plural = "runtimeclasses", Singular = "runtimeclass", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class RuntimeClass : IObject<RuntimeClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The name by which the container runtime knows this way of running, such as runc; immutable.</summary>
    [Field("handler", 2, Required = true)]
    public string Handler { get; set; } = "";

    /// <summary>What each pod costs in addition; counted by the scheduler and in quotas.</summary>
    [Field("overhead", 3)]
    public Overhead? Overhead { get; set; }

    /// <summary>Which nodes have this runtime; all of them when absent.</summary>
    [Field("scheduling", 4)]
    public Scheduling? Scheduling { get; set; }
}
