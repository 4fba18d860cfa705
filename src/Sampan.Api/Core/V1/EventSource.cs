namespace Sampan.Api.Core.V1;

/// <summary>Component, and perhaps node, that reported an event.</summary>
[ApiType("io.k8s.api.core.v1.EventSource")]
public sealed partial class EventSource : IApiType<EventSource>
{
    /// <summary>Program that reported the event, such as kubelet.</summary>
    [Field("component", 1)]
    public string? Component { get; set; }

    /// <summary>Node on which the event arose.</summary>
    [Field("host", 2)]
    public string? Host { get; set; }
}
