using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>Which pod runs on the nodes and how new versions of it get there.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSetSpec")]
public sealed partial class DaemonSetSpec : IApiType<DaemonSetSpec>
{
    /// <summary>Which pods belong to the DaemonSet; must match the template's labels and cannot be changed.</summary>
    [Field("selector", 1, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    /// <summary>
    /// Pod that each eligible node gets one of; its node selector, affinity and tolerations decide which nodes those are.
    /// </summary>
    [Field("template", 2, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    /// <summary>How pods are replaced once the template has changed.</summary>
    [Field("updateStrategy", 3)]
    public DaemonSetUpdateStrategy UpdateStrategy { get; set; } = new();

    /// <summary>Seconds a new pod must stay ready to count as available; 0 by default, which is at once.</summary>
    [Field("minReadySeconds", 4)]
    public int MinReadySeconds { get; set; }

    /// <summary>How many old versions of the template are kept for rollbacks; 10 by default.</summary>
    [Field("revisionHistoryLimit", 6)]
    public int? RevisionHistoryLimit { get; set; }
}
