using Sampan.Api;
using CoreEvent = Sampan.Api.Core.V1.Event;
using CoreSeries = Sampan.Api.Core.V1.EventSeries;
using Event = Sampan.Api.Events.V1.Event;
using Series = Sampan.Api.Events.V1.EventSeries;

namespace Sampan.ApiServer.Registry.Events;

/// <summary>Events in events.k8s.io/v1 are the core group's under other names.</summary>
internal static class EventConversion
{
    public static string StoredField(string field) => field switch
    {
        "reportingController" => "reportingComponent",
        _ when field.StartsWith("regarding.", StringComparison.Ordinal) => $"involvedObject.{field["regarding.".Length..]}",
        _ => field,
    };

    public static IObject ToServed(IObject stored)
    {
        var core = ((CoreEvent)stored).DeepClone();
        return new Event
        {
            Metadata = core.Metadata,
            EventTime = core.EventTime,
            Series = core.Series is { } series ? new Series { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
            ReportingController = core.ReportingComponent,
            ReportingInstance = core.ReportingInstance,
            Action = core.Action,
            Reason = core.Reason,
            Regarding = core.InvolvedObject,
            Related = core.Related,
            Note = core.Message,
            Type = core.Type,
            DeprecatedSource = core.Source,
            DeprecatedFirstTimestamp = core.FirstTimestamp,
            DeprecatedLastTimestamp = core.LastTimestamp,
            DeprecatedCount = core.Count,
        };
    }

    public static IObject ToStored(IObject served)
    {
        var e = ((Event)served).DeepClone();
        return new CoreEvent
        {
            Metadata = e.Metadata,
            EventTime = e.EventTime,
            Series = e.Series is { } series ? new CoreSeries { Count = series.Count, LastObservedTime = series.LastObservedTime } : null,
            ReportingComponent = e.ReportingController ?? "",
            ReportingInstance = e.ReportingInstance ?? "",
            Action = e.Action,
            Reason = e.Reason,
            InvolvedObject = e.Regarding,
            Related = e.Related,
            Message = e.Note,
            Type = e.Type,
            Source = e.DeprecatedSource,
            FirstTimestamp = e.DeprecatedFirstTimestamp,
            LastTimestamp = e.DeprecatedLastTimestamp,
            Count = e.DeprecatedCount,
        };
    }
}
