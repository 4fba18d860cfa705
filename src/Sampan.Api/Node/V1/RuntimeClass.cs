using Sampan.Api.Meta.V1;

namespace Sampan.Api.Node.V1;

/// <summary>A way to run containers, such as inside a sandboxing virtual machine, that pods may choose.</summary>
[ApiType("io.k8s.api.node.v1.RuntimeClass")]
[Kind("node.k8s.io", "v1", Plural = "runtimeclasses", Singular = "runtimeclass", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class RuntimeClass : IObject<RuntimeClass>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("handler", 2, Required = true)]
    public string Handler { get; set; } = "";

    [Field("overhead", 3)]
    public Overhead? Overhead { get; set; }

    [Field("scheduling", 4)]
    public Scheduling? Scheduling { get; set; }
}
