using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>A note about something that happened to an object, kept for a short while.</summary>
[ApiType("io.k8s.api.core.v1.Event")]
[Kind("", "v1", Plural = "events", Singular = "event", Namespaced = true, ShortNames = ["ev"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Event : IObject<Event>
{
    [Field("metadata", 1, Required = true)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The object that the event happened to.</summary>
    [Field("involvedObject", 2, Required = true)]
    public ObjectReference InvolvedObject { get; set; } = new();

    /// <summary>Cause in one word for programs, such as Scheduled or BackOff.</summary>
    [Field("reason", 3)]
    public string? Reason { get; set; }

    /// <summary>What happened, for people.</summary>
    [Field("message", 4)]
    public string? Message { get; set; }

    /// <summary>Component and node that reported the event; older form of the reporting fields.</summary>
    [Field("source", 5)]
    public EventSource Source { get; set; } = new();

    /// <summary>When the event was first seen.</summary>
    [Field("firstTimestamp", 6)]
    public Time? FirstTimestamp { get; set; }

    /// <summary>When the event was last seen.</summary>
    [Field("lastTimestamp", 7)]
    public Time? LastTimestamp { get; set; }

    /// <summary>How many times the event was seen.</summary>
    [Field("count", 8)]
    public int Count { get; set; }

    /// <summary>Kind of event: Normal or Warning.</summary>
    [Field("type", 9)]
    public string? Type { get; set; }

    /// <summary>When the event was first observed, to the microsecond; set by reporters of the newer event API.</summary>
    [Field("eventTime", 10)]
    public MicroTime? EventTime { get; set; }

    /// <summary>How a repeated event goes on; absent for a single one.</summary>
    [Field("series", 11)]
    public EventSeries? Series { get; set; }

    /// <summary>What the reporter did, or failed to do, about the object.</summary>
    [Field("action", 12)]
    public string? Action { get; set; }

    /// <summary>Second object with a part in the event, such as the pod that a ReplicaSet created.</summary>
    [Field("related", 13)]
    public ObjectReference? Related { get; set; }

    /// <summary>Controller that reported the event, such as kubernetes.io/kubelet.</summary>
    [Field("reportingComponent", 14, Always = true, Default = "")]
    public string ReportingComponent { get; set; } = "";

    /// <summary>Which instance of the controller it was, such as a host or pod name.</summary>
    [Field("reportingInstance", 15, Always = true, Default = "")]
    public string ReportingInstance { get; set; } = "";
}
