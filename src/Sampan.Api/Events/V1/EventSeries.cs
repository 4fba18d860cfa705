namespace Sampan.Api.Events.V1;

/// <summary>An event that came again and again, told as one.</summary>
[ApiType("io.k8s.api.events.v1.EventSeries")]
public sealed partial class EventSeries : IApiType<EventSeries>
{
    /// <summary>How often it was seen up to the last heartbeat.</summary>
    [Field("count", 1, Required = true)]
    public int Count { get; set; }

    /// <summary>When it was last seen.</summary>
    [Field("lastObservedTime", 2, Required = true)]
    public MicroTime? LastObservedTime { get; set; }
}
