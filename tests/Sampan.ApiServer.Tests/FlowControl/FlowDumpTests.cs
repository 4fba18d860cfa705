using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Http;
using Sampan.ApiServer.Tests.Server;
using Sampan.Tests;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class FlowDumpTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Levels_OneWithRequests_CountsThem()
    {
        var level = Level();
        using var executing = Enter(level, "jane", out _);
        using var waiting = Enter(level, "john", out _);
        Enter(level, "john", out _)!.Dispose();
        Assert.Null(Enter(level, "many", out string? refusal, seats: 3));
        level.Refused(refusal!);
        level.Refused(RefusedRequest.TooLate);
        Assert.Equal(
            """
            PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, WaitingRequests, ExecutingRequests, DispatchedRequests, RejectedRequests, TimedoutRequests, CancelledRequests
            batch,             1,            false,  false,       2,               1,                 1,                  1,                1,                0

            """,
            FlowDump.Levels([level.Look()]));
    }

    [Fact]
    public void Queues_OneWithRequests_SaysWhatTheyWant()
    {
        var level = Level();
        using var executing = Enter(level, "jane", out _);
        using var waiting = Enter(level, "john", out _);
        Assert.Equal(
            """
            PriorityLevelName, Index,  PendingRequests, ExecutingRequests, SeatsInUse, NextDispatchR, InitialSeatsSum, MaxSeatsSum, TotalWorkSum
            batch,             0,      1,               0,                 0,          0.00000000ss,  1,               1,           0.00300000ss

            """,
            FlowDump.Queues([level.Look()]));
        executing!.Dispose();
        Assert.Contains("batch,             0,      0,               1,                 1,", FlowDump.Queues([level.Look()]), StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_ExecutingAndWaiting_AreTold()
    {
        var level = Level();
        using var executing = Enter(level, "jane", out _);
        _time.Advance(TimeSpan.FromSeconds(1));
        using var waiting = Enter(level, "john", out _);
        var (first, second) = (_time.GetUtcNow().AddSeconds(-1), _time.GetUtcNow());
        string[] lines = FlowDump.Requests([level.Look()], withDetails: true).Split('\n');
        Assert.Equal(["batch", "all", "-1", "-1", "jane", Go(first), "1", "0", "0s", Go(first), "jane", "list", "/api/v1/pods", "", "", "v1", "pods", ""], Cells(lines[1]));
        Assert.Equal(["batch", "all", "0", "0", "john", Go(second), "1", "0", "0s", "0001-01-01T00:00:00Z", "john", "list", "/api/v1/pods", "", "", "v1", "pods", ""], Cells(lines[2]));
        Assert.EndsWith("StartTime", FlowDump.Requests([level.Look()], withDetails: false).Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_EachTable_IsAnswered()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Matches("\ncatch-all, +0, +true, +false, ", (await server.SendAsync("GET", FlowDump.Path + "dump_priority_levels")).Text);
        Assert.StartsWith("PriorityLevelName, Index,", (await server.SendAsync("GET", FlowDump.Path + "dump_queues")).Text, StringComparison.Ordinal);
        var requests = await server.SendAsync("GET", FlowDump.Path + "dump_requests?includeRequestDetails=1");
        Assert.Matches("\n[a-z-]+, .*/debug/api_priority_and_fairness/dump_requests,", requests.Text);
        Assert.Contains(FlowDump.Path + "dump_queues", (await server.SendAsync("GET", "/")).Text, StringComparison.Ordinal);
    }

    private static string Go(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", null);

    private static string[] Cells(string line) => [.. line.Split(',').Select(cell => cell.Trim())];

    private Seat? Enter(PriorityLevel level, string user, out string? refusal, int seats = 1)
    {
        var info = new RequestInfo { Path = "/api/v1/pods", Verb = "list", ApiVersion = "v1", Resource = "pods" };
        Seat? seat = null;
        refusal = null;
        for (int i = 0; i < seats; i++) seat = level.TryEnter(1, 1, out refusal, new FlowRequest("all", user, new UserInfo(user, []), info, _time.GetUtcNow()));
        return seat;
    }

    /// <summary>One seat, one queue of two.</summary>
    private PriorityLevel Level()
    {
        var level = new PriorityLevel("batch", _time);
        var queuing = new QueuingConfiguration { Queues = 1, HandSize = 1, QueueLengthLimit = 2 };
        level.Configure(
            new PriorityLevelConfiguration
            {
                Metadata = new() { Name = "batch" },
                Spec = new() { Type = "Limited", Limited = new() { LimitResponse = new() { Type = "Queue", Queuing = queuing } } },
            },
            new LevelLimits(1, 1, 1));
        return level;
    }
}
