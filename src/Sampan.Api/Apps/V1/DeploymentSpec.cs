using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DeploymentSpec")]
public sealed partial class DeploymentSpec : IApiType<DeploymentSpec>
{
    [Field("replicas", 1)]
    public int? Replicas { get; set; }

    [Field("selector", 2, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    [Field("template", 3, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    [Field("strategy", 4, PatchStrategy = "retainKeys")]
    public DeploymentStrategy Strategy { get; set; } = new();

    [Field("minReadySeconds", 5)]
    public int MinReadySeconds { get; set; }

    [Field("revisionHistoryLimit", 6)]
    public int? RevisionHistoryLimit { get; set; }

    [Field("paused", 7)]
    public bool Paused { get; set; }

    [Field("progressDeadlineSeconds", 9)]
    public int? ProgressDeadlineSeconds { get; set; }
}
