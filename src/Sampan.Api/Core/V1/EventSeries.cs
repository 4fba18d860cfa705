namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EventSeries")]
public sealed partial class EventSeries : IApiType<EventSeries>
{
    [Field("count", 1)]
    public int Count { get; set; }

    [Field("lastObservedTime", 2)]
    public MicroTime? LastObservedTime { get; set; }
}
