using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>The metadata and spec of pods to be made.</summary>
[ApiType("io.k8s.api.core.v1.PodTemplateSpec")]
public sealed partial class PodTemplateSpec : IApiType<PodTemplateSpec>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How the pods are to run: their containers, volumes and placement.</summary>
    [Field("spec", 2)]
    public PodSpec Spec { get; set; } = new();
}
