using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Apps.V1;

/// <summary>The pods of a StatefulSet with their names, storage and order.</summary>
[ApiType("io.k8s.api.apps.v1.StatefulSetSpec")]
public sealed partial class StatefulSetSpec : IApiType<StatefulSetSpec>
{
    /// <summary>How many pods there are to be; 1 by default.</summary>
    [Field("replicas", 1)]
    public int? Replicas { get; set; }

    /// <summary>Labels by which the StatefulSet knows its pods; those of the template must fit, and it cannot be changed.</summary>
    [Field("selector", 2, Required = true, Always = true)]
    public LabelSelector? Selector { get; set; }

    /// <summary>What every pod looks like; each is named after the set and its ordinal, such as web-3, and must restart Always.</summary>
    [Field("template", 3, Required = true)]
    public PodTemplateSpec Template { get; set; } = new();

    /// <summary>
    /// Claims that each pod gets its own copy of and keeps across restarts; they hide template volumes of the same name. Immutable.
    /// </summary>
    [Field("volumeClaimTemplates", 4, Typed = true, ListType = "atomic")]
    public List<PersistentVolumeClaim>? VolumeClaimTemplates { get; set; }

    /// <summary>Headless Service through which the pods get DNS names, as in web-0.NAME.NAMESPACE.svc; immutable.</summary>
    [Field("serviceName", 5, Always = true, Default = "")]
    public string ServiceName { get; set; } = "";

    /// <summary>
    /// OrderedReady starts pods one after the other as each gets ready (default); Parallel starts and stops all at once. Immutable.
    /// </summary>
    [Field("podManagementPolicy", 6)]
    public string? PodManagementPolicy { get; set; }

    /// <summary>How pods are brought to a changed template.</summary>
    [Field("updateStrategy", 7)]
    public StatefulSetUpdateStrategy UpdateStrategy { get; set; } = new();

    /// <summary>Past versions kept for rollbacks; 10 by default.</summary>
    [Field("revisionHistoryLimit", 8)]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>Seconds without a crash that a pod must be ready for to be available; 0 by default.</summary>
    [Field("minReadySeconds", 9)]
    public int MinReadySeconds { get; set; }

    /// <summary>Whether claims go away with the set or with pods scaled down; by default they stay.</summary>
    [Field("persistentVolumeClaimRetentionPolicy", 10)]
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; set; }

    /// <summary>Numbering of the pods; from 0 when absent.</summary>
    [Field("ordinals", 11)]
    public StatefulSetOrdinals? Ordinals { get; set; }
}
