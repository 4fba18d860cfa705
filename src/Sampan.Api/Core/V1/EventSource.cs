namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.EventSource")]
public sealed partial class EventSource : IApiType<EventSource>
{
    [Field("component", 1)]
    public string? Component { get; set; }

    [Field("host", 2)]
    public string? Host { get; set; }
}
