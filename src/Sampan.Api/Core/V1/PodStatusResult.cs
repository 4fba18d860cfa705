using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A pod with its status only, as older kubelets returned it.</summary>
[ApiType("io.k8s.api.core.v1.PodStatusResult")]
[Kind("", "v1")]
public sealed partial class PodStatusResult : IObject<PodStatusResult>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>State of the pod as last observed.</summary>
    [Field("status", 2)]
    public PodStatus Status { get; set; } = new();
}
