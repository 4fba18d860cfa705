using Sampan.Api;
using Sampan.Api.Core.V1;
using CoreEvent = Sampan.Api.Core.V1.Event;
using NewEvent = Sampan.Api.Events.V1.Event;

namespace Sampan.ApiServer.Printing.Kinds;

/// <summary>What both kinds of events have to show.</summary>
internal readonly record struct EventView(
    string? Type,
    string? Reason,
    ObjectReference About,
    string Source,
    string? Message,
    Time? First,
    MicroTime? At,
    Time? Last,
    MicroTime? SeriesLast,
    long Count)
{
    public static EventView Of(CoreEvent e) => new(
        e.Type,
        e.Reason,
        e.InvolvedObject,
        SourceText(e.Source, e.ReportingComponent, e.ReportingInstance),
        e.Message,
        e.FirstTimestamp,
        e.EventTime,
        e.LastTimestamp,
        e.Series?.LastObservedTime,
        CountOf(e.Series?.Count, e.Count));

    public static EventView Of(NewEvent e) => new(
        e.Type,
        e.Reason,
        e.Regarding ?? new ObjectReference(),
        SourceText(e.DeprecatedSource, e.ReportingController, e.ReportingInstance),
        e.Note,
        e.DeprecatedFirstTimestamp,
        e.EventTime,
        e.DeprecatedLastTimestamp,
        e.Series?.LastObservedTime,
        CountOf(e.Series?.Count, e.DeprecatedCount));

    public string FirstSeen(DateTimeOffset now) => First is { IsZero: false } ? HumanDuration.Since(First, now) : HumanDuration.Since(At, now);

    public string LastSeen(DateTimeOffset now) => SeriesLast is not null ? HumanDuration.Since(SeriesLast, now)
        : Last is { IsZero: false } ? HumanDuration.Since(Last, now) : FirstSeen(now);

    // An event that happened once need not say so.
    private static long CountOf(int? series, int count) => series ?? Math.Max(count, 1);

    private static string SourceText(EventSource? source, string? component, string? instance)
    {
        string name = string.IsNullOrEmpty(source?.Component) ? component ?? "" : source.Component;
        string host = string.IsNullOrEmpty(source?.Host) ? instance ?? "" : source.Host;
        return host.Length == 0 ? name : $"{name}, {host}";
    }
}
