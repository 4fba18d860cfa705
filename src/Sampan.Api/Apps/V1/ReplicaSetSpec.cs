using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>The pods wanted of a ReplicaSet.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSetSpec")]
public sealed partial class ReplicaSetSpec : IApiType<ReplicaSetSpec>
{
    /// <summary>How many pods there should be.</summary>
    [Field("replicas", 1)]
    public int? Replicas { get; set; }

    /// <summary>Seconds of uninterrupted readiness before a pod counts as available; 0 by default.</summary>
    [Field("minReadySeconds", 4)]
    public int MinReadySeconds { get; set; }

    /// <summary>Which pods belong to the ReplicaSet.</summary>
    [Field("selector", 2, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    /// <summary>What new pods look like.</summary>
    [Field("template", 3)]
    public PodTemplateSpec Template { get; set; } = new();
}
