using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>The pods wanted of a Deployment and the way new versions replace old ones.</summary>
[ApiType("io.k8s.api.apps.v1.DeploymentSpec")]
public sealed partial class DeploymentSpec : IApiType<DeploymentSpec>
{
    /// <summary>How many pods there should be.</summary>
    [Field("replicas", 1)]
    public int? Replicas { get; set; }

    /// <summary>Which pods belong to the Deployment; must match the template's labels.</summary>
    [Field("selector", 2, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    /// <summary>What the pods look like; a change of it starts a rollout.</summary>
    [Field("template", 3, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    /// <summary>How old pods are replaced by new ones.</summary>
    [Field("strategy", 4, PatchStrategy = "retainKeys")]
    public DeploymentStrategy Strategy { get; set; } = new();

    /// <summary>Seconds a new pod must be ready for before it counts as available.</summary>
    [Field("minReadySeconds", 5)]
    public int MinReadySeconds { get; set; }

    /// <summary>How many old ReplicaSets are kept for rollbacks.</summary>
    [Field("revisionHistoryLimit", 6)]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>Whether rollouts are held back.</summary>
    [Field("paused", 7)]
    public bool Paused { get; set; }

    /// <summary>Seconds without progress after which a rollout is reported as failed.</summary>
    [Field("progressDeadlineSeconds", 9)]
    public int? ProgressDeadlineSeconds { get; set; }
}
