namespace Sampan.Api.Events.V1;

[ApiType("io.k8s.api.events.v1.EventSeries")]
public sealed partial class EventSeries : IApiType<EventSeries>
{
    [Field("count", 1, Required = true)]
    public int Count { get; set; }

    [Field("lastObservedTime", 2, Required = true)]
    public MicroTime? LastObservedTime { get; set; }
}
