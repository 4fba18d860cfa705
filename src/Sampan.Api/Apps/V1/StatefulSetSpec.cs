using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

[ApiType("io.k8s.api.apps.v1.StatefulSetSpec")]
public sealed partial class StatefulSetSpec : IApiType<StatefulSetSpec>
{
    [Field("replicas", 1)]
    public int? Replicas { get; set; }

    [Field("selector", 2, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    [Field("template", 3, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    [Field("volumeClaimTemplates", 4, Typed = true, ListType = "atomic")]
    public List<PersistentVolumeClaim>? VolumeClaimTemplates { get; set; }

    [Field("serviceName", 5, Always = true, Default = "")]
    public string ServiceName { get; set; } = "";

    [Field("podManagementPolicy", 6)]
    public string? PodManagementPolicy { get; set; }

    [Field("updateStrategy", 7)]
    public StatefulSetUpdateStrategy UpdateStrategy { get; set; } = new();

    [Field("revisionHistoryLimit", 8)]
    public int? RevisionHistoryLimit { get; set; }

    [Field("minReadySeconds", 9)]
    public int MinReadySeconds { get; set; }

    [Field("persistentVolumeClaimRetentionPolicy", 10)]
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; set; }

    [Field("ordinals", 11)]
    public StatefulSetOrdinals? Ordinals { get; set; }
}
