using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.DaemonSetSpec")]
public sealed partial class DaemonSetSpec : IApiType<DaemonSetSpec>
{
    [Field("selector", 1, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    [Field("template", 2, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    [Field("updateStrategy", 3)]
    public DaemonSetUpdateStrategy UpdateStrategy { get; set; } = new();

    [Field("minReadySeconds", 4)]
    public int MinReadySeconds { get; set; }

    [Field("revisionHistoryLimit", 6)]
    public int? RevisionHistoryLimit { get; set; }
}
