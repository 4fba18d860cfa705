using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;

namespace Sampan.Client.Events;

/// <summary>Tells the users of an object what happened to it. Returns at once; sending is the broadcaster's matter.</summary>
public sealed class EventRecorder
{
    private readonly EventBroadcaster _broadcaster;
    private readonly TimeProvider _time;
    private readonly string _component;
    private readonly string? _host;
    private readonly Lock _lock = new();
    private long _lastName;

    internal EventRecorder(EventBroadcaster broadcaster, TimeProvider time, string component, string? host)
    {
        _broadcaster = broadcaster;
        _time = time;
        _component = component;
        _host = host;
    }

    /// <summary>The type is Normal or Warning, the reason one word in CamelCase, the message a sentence, the action what was done or tried, for the sake of which other object.</summary>
    public void Event(IObject about, string type, string reason, string message, string? action = null, IObject? related = null) =>
        Event(Reference(about), type, reason, message, action, related is null ? null : Reference(related));

    public void Event(ObjectReference about, string type, string reason, string message, string? action = null, ObjectReference? related = null, Dictionary<string, string>? annotations = null)
    {
        var now = _time.GetUtcNow();
        _broadcaster.Post(new Event
        {
            Metadata = new ObjectMeta
            {
                Name = $"{about.Name}.{UniqueName(now):x}",
                Namespace = string.IsNullOrEmpty(about.Namespace) ? "default" : about.Namespace,
                Annotations = annotations,
            },
            InvolvedObject = about,
            Type = type,
            Reason = reason,
            Message = message,
            Action = action,
            Related = related,
            Count = 1,
            FirstTimestamp = now,
            LastTimestamp = now,
            Source = new EventSource { Component = _component, Host = _host },
            ReportingComponent = _component,
            ReportingInstance = _host ?? "",
        });
    }

    /// <summary>The time in nanoseconds; of two events at one moment, the second is a nanosecond later.</summary>
    private long UniqueName(DateTimeOffset now)
    {
        lock (_lock) return _lastName = Math.Max(_lastName + 1, (now - DateTimeOffset.UnixEpoch).Ticks * 100);
    }

    public static ObjectReference Reference(IObject obj, string? fieldPath = null) => new()
    {
        ApiVersion = obj.ApiVersion,
        Kind = obj.Kind,
        Namespace = obj.Metadata.Namespace,
        Name = obj.Metadata.Name,
        Uid = obj.Metadata.Uid,
        ResourceVersion = obj.Metadata.ResourceVersion,
        FieldPath = fieldPath,
    };
}
