using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Api.Events.V1;

/// <summary>A note about something that happened to an object, kept for a short while.</summary>
[ApiType("io.k8s.api.events.v1.Event")]
[Kind("events.k8s.io", "v1", Plural = "events", Singular = "event", Namespaced = true, ShortNames = ["ev"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Event : IObject<Event>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    [Field("eventTime", 2, Required = true)]
    public MicroTime? EventTime { get; set; }

    [Field("series", 3)]
    public EventSeries? Series { get; set; }

    [Field("reportingController", 4)]
    public string? ReportingController { get; set; }

    [Field("reportingInstance", 5)]
    public string? ReportingInstance { get; set; }

    [Field("action", 6)]
    public string? Action { get; set; }

    [Field("reason", 7)]
    public string? Reason { get; set; }

    [Field("regarding", 8)]
    public ObjectReference Regarding { get; set; } = new();

    [Field("related", 9)]
    public ObjectReference? Related { get; set; }

    [Field("note", 10)]
    public string? Note { get; set; }

    [Field("type", 11)]
    public string? Type { get; set; }

    [Field("deprecatedSource", 12)]
    public EventSource DeprecatedSource { get; set; } = new();

    [Field("deprecatedFirstTimestamp", 13)]
    public Time? DeprecatedFirstTimestamp { get; set; }

    [Field("deprecatedLastTimestamp", 14)]
    public Time? DeprecatedLastTimestamp { get; set; }

    [Field("deprecatedCount", 15)]
    public int DeprecatedCount { get; set; }
}
