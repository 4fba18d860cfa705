using Sampan.Api.Core.V1;

namespace Sampan.Api.Batch.V1;

/// <summary>What a CronJob has running and has done.</summary>
[ApiType("io.k8s.api.batch.v1.CronJobStatus")]
public sealed partial class CronJobStatus : IApiType<CronJobStatus>
{
    /// <summary>Jobs it started that have not finished.</summary>
    [Field("active", 1, ListType = "atomic")]
    public List<ObjectReference>? Active { get; set; }

    /// <summary>Scheduled time of the latest turn for which a job was started.</summary>
    [Field("lastScheduleTime", 4, Pointer = true)]
    public Time? LastScheduleTime { get; set; }

    /// <summary>When one of its jobs last finished with success.</summary>
    [Field("lastSuccessfulTime", 5, Pointer = true)]
    public Time? LastSuccessfulTime { get; set; }
}
