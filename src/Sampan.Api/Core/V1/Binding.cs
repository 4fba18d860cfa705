using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Puts a pod on a node; the scheduler posts it to the pod's binding subresource.</summary>
[ApiType("io.k8s.api.core.v1.Binding")]
[Kind("", "v1", Plural = "bindings", Singular = "binding", Namespaced = true, Verbs = ["create"])]
public sealed partial class Binding : IObject<Binding>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The node that the pod is to run on.</summary>
    [Field("target", 2, Required = true)]
    public ObjectReference Target { get; set; } = new();
}
