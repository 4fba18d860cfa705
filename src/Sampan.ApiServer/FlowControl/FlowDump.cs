using System.Globalization;
using Sampan.ApiServer.Http;

namespace Sampan.ApiServer.FlowControl;

/// <summary>
/// The tables behind /debug/api_priority_and_fairness: comma-separated values, whose columns are aligned.
/// Upstream: k8s.io/apiserver/pkg/util/flowcontrol/dump.go.
/// </summary>
internal static class FlowDump
{
    public const string Path = "/debug/api_priority_and_fairness/";

    // What has not happened yet, as Go prints the zero of its time.
    private const string Never = "0001-01-01T00:00:00Z";

    private static readonly string[] LevelColumns =
        ["PriorityLevelName", "ActiveQueues", "IsIdle", "IsQuiescing", "WaitingRequests", "ExecutingRequests", "DispatchedRequests", "RejectedRequests", "TimedoutRequests", "CancelledRequests"];

    private static readonly string[] QueueColumns =
        ["PriorityLevelName", "Index", "PendingRequests", "ExecutingRequests", "SeatsInUse", "NextDispatchR", "InitialSeatsSum", "MaxSeatsSum", "TotalWorkSum"];

    // The spelling is upstream's.
    private static readonly string[] RequestColumns =
        ["PriorityLevelName", "FlowSchemaName", "QueueIndex", "RequestIndexInQueue", "FlowDistingsher", "ArriveTime", "InitialSeats", "FinalSeats", "AdditionalLatency", "StartTime"];

    private static readonly string[] DetailColumns = ["UserName", "Verb", "APIPath", "Namespace", "Name", "APIVersion", "Resource", "SubResource"];

    public static string Levels(IEnumerable<LevelState> levels) => Aligned(
        LevelColumns,
        levels.Select(level => (string[])
        [
            level.Name, Text(level.Queues.Count(queue => queue.Waiting > 0)), level is { Waiting: 0, Executing: 0 } ? "true" : "false", "false",
            Text(level.Waiting), Text(level.Executing),
            Text(level.Counts.Dispatched), Text(level.Counts.Rejected), Text(level.Counts.TimedOut), Text(level.Counts.Cancelled),
        ]));

    public static string Queues(IEnumerable<LevelState> levels) => Aligned(
        QueueColumns,
        levels.SelectMany(level => level.Queues.Select((queue, i) => (string[])
        [
            level.Name, Text(i), Text(queue.Waiting), Text(queue.Executing), Text(queue.Seats), Work(queue.NextStart),
            Text(queue.WaitingSeats), Text(queue.WaitingSeats), Work(queue.Work),
        ])));

    public static string Requests(IEnumerable<LevelState> levels, bool withDetails) => Aligned(
        withDetails ? [.. RequestColumns, .. DetailColumns] : RequestColumns,
        levels.SelectMany(level => level.Requests.Select(request => (string[])
            [.. RowOf(level, request), .. withDetails ? DetailsOf(request.About) : []])));

    private static string[] RowOf(LevelState level, RequestState request) =>
    [
        level.Name, request.About.Schema, Text(request.Queue), Text(request.Place), request.About.Distinguisher, Time(request.About.Arrived),
        Text(request.Width), "0", "0s", request.Started is { } started ? Time(started) : Never,
    ];

    private static string[] DetailsOf(FlowRequest request) =>
    [
        request.User.Name, request.Info.Verb, request.Info.Path, request.Info.Namespace, request.Info.Name,
        request.Info.ApiVersion, request.Info.Resource, request.Info.Subresource,
    ];

    private static string Aligned(string[] columns, IEnumerable<string[]> rows)
    {
        string[][] all = [columns, .. rows];
        int[] widths = [.. columns.Select((_, i) => all.Max(row => row[i].Length) + 2)];
        return string.Concat(all.Select(row =>
            string.Concat(row[..^1].Select((cell, i) => (cell + ",").PadRight(Math.Max(8, widths[i])))) + row[^1] + "\n"));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Work(double seatSeconds) => seatSeconds.ToString("F8", CultureInfo.InvariantCulture) + "ss";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
