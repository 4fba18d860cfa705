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

    /// <summary>When it happened, to the microsecond; the first time for a series.</summary>
    [Field("eventTime", 2, Required = true)]
    public MicroTime? EventTime { get; set; }

    /// <summary>How often and how long it has gone on; absent for what happened once.</summary>
    [Field("series", 3)]
    public EventSeries? Series { get; set; }

    /// <summary>The component that tells, such as kubernetes.io/kubelet; required for new events and immutable.</summary>
    [Field("reportingController", 4)]
    public string? ReportingController { get; set; }

    /// <summary>Which instance of the component tells, such as its host's name; at most 128 characters, immutable.</summary>
    [Field("reportingInstance", 5)]
    public string? ReportingInstance { get; set; }

    /// <summary>What was tried or done, as one word for machines; at most 128 characters, immutable.</summary>
    [Field("action", 6)]
    public string? Action { get; set; }

    /// <summary>Why it was done, as one word for machines; at most 128 characters, immutable.</summary>
    [Field("reason", 7)]
    public string? Reason { get; set; }

    /// <summary>The object that this is about, in most cases the one its reporter looks after.</summary>
    [Field("regarding", 8)]
    public ObjectReference Regarding { get; set; } = new();

    /// <summary>A second object that takes part, such as the pod that a ReplicaSet made.</summary>
    [Field("related", 9)]
    public ObjectReference? Related { get; set; }

    /// <summary>What happened, in words for people; at most 1 kB.</summary>
    [Field("note", 10)]
    public string? Note { get; set; }

    /// <summary>Normal or Warning.</summary>
    [Field("type", 11)]
    public string? Type { get; set; }

    /// <summary>Who told it, as written by clients of the core group.</summary>
    [Field("deprecatedSource", 12)]
    public EventSource DeprecatedSource { get; set; } = new();

    /// <summary>When it was first seen, as written by clients of the core group.</summary>
    [Field("deprecatedFirstTimestamp", 13)]
    public Time? DeprecatedFirstTimestamp { get; set; }

    /// <summary>When it was last seen, as written by clients of the core group.</summary>
    [Field("deprecatedLastTimestamp", 14)]
    public Time? DeprecatedLastTimestamp { get; set; }

    /// <summary>How often it was seen, as counted by clients of the core group.</summary>
    [Field("deprecatedCount", 15)]
    public int DeprecatedCount { get; set; }
}
