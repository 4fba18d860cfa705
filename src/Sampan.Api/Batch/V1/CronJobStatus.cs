using Sampan.Api.Core.V1;

namespace Sampan.Api.Batch.V1;

[ApiType("io.k8s.api.batch.v1.CronJobStatus")]
public sealed partial class CronJobStatus : IApiType<CronJobStatus>
{
    [Field("active", 1, ListType = "atomic")]
    public List<ObjectReference>? Active { get; set; }

    [Field("lastScheduleTime", 4, Pointer = true)]
    public Time? LastScheduleTime { get; set; }

    [Field("lastSuccessfulTime", 5, Pointer = true)]
    public Time? LastSuccessfulTime { get; set; }
}
