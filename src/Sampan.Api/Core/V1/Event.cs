using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A note about something that happened to an object, kept for a short while.</summary>
[ApiType("io.k8s.api.core.v1.Event")]
[Kind("", "v1", Plural = "events", Singular = "event", Namespaced = true, ShortNames = ["ev"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Event : IObject<Event>
{
    [Field("metadata", 1, Required = true)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("involvedObject", 2, Required = true)]
    public ObjectReference InvolvedObject { get; set; } = new();

    [Field("reason", 3)]
    public string? Reason { get; set; }

    [Field("message", 4)]
    public string? Message { get; set; }

    [Field("source", 5)]
    public EventSource Source { get; set; } = new();

    [Field("firstTimestamp", 6)]
    public Time? FirstTimestamp { get; set; }

    [Field("lastTimestamp", 7)]
    public Time? LastTimestamp { get; set; }

    [Field("count", 8)]
    public int Count { get; set; }

    [Field("type", 9)]
    public string? Type { get; set; }

    [Field("eventTime", 10)]
    public MicroTime? EventTime { get; set; }

    [Field("series", 11)]
    public EventSeries? Series { get; set; }

    [Field("action", 12)]
    public string? Action { get; set; }

    [Field("related", 13)]
    public ObjectReference? Related { get; set; }

    [Field("reportingComponent", 14, Always = true, Default = "")]
    public string ReportingComponent { get; set; } = "";

    [Field("reportingInstance", 15, Always = true, Default = "")]
    public string ReportingInstance { get; set; } = "";
}
