using Sampan.Api.Meta.V1;

namespace Sampan.Api.Policy.V1;

/// <summary>A polite request to delete a pod, refused while a disruption budget forbids it.</summary>
[ApiType("io.k8s.api.policy.v1.Eviction")]
[Kind("policy", "v1")]
public sealed partial class Eviction : IObject<Eviction>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How the pod is deleted when the eviction is permitted.</summary>
    [Field("deleteOptions", 2)]
    public DeleteOptions? DeleteOptions { get; set; }
}
