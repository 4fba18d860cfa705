namespace Sampan.Api.Core.V1;

/// <summary>Repetitions of one event.</summary>
[ApiType("io.k8s.api.core.v1.EventSeries")]
public sealed partial class EventSeries : IApiType<EventSeries>
{
    /// <summary>How often the event occurred up to the last observation.</summary>
    [Field("count", 1)]
    public int Count { get; set; }

    /// <summary>When the latest repetition was observed.</summary>
    [Field("lastObservedTime", 2)]
    public MicroTime? LastObservedTime { get; set; }
}
