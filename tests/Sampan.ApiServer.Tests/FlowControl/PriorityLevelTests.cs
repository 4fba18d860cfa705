using Sampan.Api.FlowControl.V1;
using Sampan.ApiServer.FlowControl;
using Sampan.Client.Metrics;
using Sampan.Tests;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class PriorityLevelTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void TryEnter_SeatsFree_StartsAtOnce()
    {
        var level = Limited(seats: 2, queues: 4);
        Assert.Null(Enter(level).Waited);
        Assert.Null(Enter(level).Waited);
        Assert.Equal((2, 2, 0), (level.SeatsInUse, level.Executing, level.Waiting));
    }

    [Fact]
    public void TryEnter_NoSeats_WaitsForOneThatLeaves()
    {
        var level = Limited(seats: 1, queues: 4);
        var first = Enter(level);
        var second = Enter(level);
        Assert.False(second.Waited!.Turn.IsCompleted);
        first.Dispose();
        Assert.True(second.Waited.Turn.IsCompleted);
        second.Dispose();
        Assert.Equal((0, 0, 0), (level.SeatsInUse, level.Executing, level.Waiting));
    }

    [Fact]
    public void TryEnter_NoQueues_IsRefused()
    {
        var level = Limited(seats: 1, queues: 0);
        _ = Enter(level);
        Assert.Null(level.TryEnter(1, 1, out string? refusal));
        Assert.Equal("concurrency-limit", refusal);
    }

    [Fact]
    public void TryEnter_HandOfQueuesFull_IsRefusedForThisFlowOnly()
    {
        var level = Limited(seats: 1, queues: 64, hand: 1, length: 2);
        for (int i = 0; i < 3; i++) _ = Enter(level, flow: 1);
        Assert.Null(level.TryEnter(1, 1, out string? refusal));
        Assert.Equal("queue-full", refusal);
        Assert.NotNull(level.TryEnter(2, 1, out _));
    }

    [Fact]
    public void TryEnter_WiderThanTheLevel_TakesAllOfIt()
    {
        var level = Limited(seats: 3, queues: 4);
        var wide = Enter(level, width: 10);
        Assert.Equal(3, wide.Width);
        Assert.NotNull(Enter(level).Waited);
    }

    [Fact]
    public void TryEnter_Exempt_NeverWaits()
    {
        var level = new PriorityLevel("exempt", _time);
        level.Configure(Configuration(new() { Type = "Exempt", Exempt = new() }), default);
        for (int i = 0; i < 100; i++) Assert.Null(Enter(level, width: 10).Waited);
        Assert.Equal(1000, level.SeatsInUse);
    }

    [Fact]
    public void Leave_WhileWaiting_GivesUpThePlace()
    {
        var level = Limited(seats: 1, queues: 4);
        var first = Enter(level);
        var impatient = Enter(level);
        var next = Enter(level);
        impatient.Dispose();
        first.Dispose();
        Assert.True(next.Waited!.Turn.IsCompleted);
        Assert.False(impatient.Waited!.Turn.IsCompleted);
        Assert.Equal(0, level.Waiting);
    }

    [Fact]
    public void Leave_HeavyAndLightFlow_TakeTurns()
    {
        var level = Limited(seats: 1, queues: 256, hand: 1);
        var running = Enter(level, flow: 99);
        var heavy = Enumerable.Range(0, 20).Select(_ => Enter(level, flow: 1)).ToList();
        var light = Enumerable.Range(0, 3).Select(_ => Enter(level, flow: 2)).ToList();
        for (int turn = 0; turn < 6; turn++)
        {
            running.Dispose();
            running = heavy.Concat(light).First(seat => seat.Waited!.Turn.IsCompleted && seat.Waited.StartedAt == _time.GetTimestamp());
            (heavy.Contains(running) ? heavy : light).Remove(running);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Empty(light);
        Assert.Equal(17, heavy.Count);
    }

    [Fact]
    public void Configure_FewerQueues_ServesThoseThatWait()
    {
        var level = Limited(seats: 1, queues: 64);
        var first = Enter(level);
        var waiting = Enumerable.Range(0, 30).Select(i => Enter(level, flow: (ulong)i)).ToList();
        level.Configure(Configuration(Spec(1, 0, 50)), new LevelLimits(1, 1, 1));
        first.Dispose();
        foreach (var seat in waiting.OrderByDescending(seat => seat.Waited!.Turn.IsCompleted).ToList()) seat.Dispose();
        Assert.Equal((0, 0), (level.Waiting, level.SeatsInUse));
    }

    [Fact]
    public void SetSeats_More_StartsThoseThatWait()
    {
        var level = Limited(seats: 1, queues: 4);
        var seats = Enumerable.Range(0, 5).Select(_ => Enter(level)).ToList();
        level.SetSeats(4);
        Assert.Equal((4, 1), (level.Executing, level.Waiting));
        Assert.Equal(5, level.TakeDemand().Peak);
        Assert.Equal(3, seats.Count(seat => seat.Waited?.Turn.IsCompleted == true));
    }

    /// <summary>Half a period with one seat, half with three: two on average, one more or less.</summary>
    [Fact]
    public void TakeDemand_ChangingDemand_TellsAverageDeviationAndPeak()
    {
        var level = Limited(seats: 2, queues: 4);
        _ = Enter(level);
        _time.Advance(TimeSpan.FromSeconds(5));
        var second = Enter(level);
        var third = Enter(level);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new SeatDemand(2, 1, 3), level.TakeDemand());
        third.Dispose();
        second.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new SeatDemand(1, 0, 3), level.TakeDemand());
        Assert.Equal(new SeatDemand(1, 0, 1), level.TakeDemand());
    }

    [Fact]
    public void Report_EveryNanosecond_IsAnObservation()
    {
        var metrics = new MetricRegistry();
        var level = Limited(seats: 4, queues: 4);
        new FlowMetrics(metrics).Follow(level);
        for (int i = 0; i < 6; i++) _ = Enter(level);
        _time.Advance(TimeSpan.FromSeconds(2));
        level.TakeDemand();
        var text = metrics.Render();
        Assert.Contains("apiserver_flowcontrol_priority_level_seat_utilization_count{phase=\"executing\",priority_level=\"test\"} 2000000000\n", text, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_priority_level_seat_utilization_bucket{phase=\"executing\",priority_level=\"test\",le=\"0.99\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_demand_seats_bucket{priority_level=\"test\",le=\"1.4\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_demand_seats_bucket{priority_level=\"test\",le=\"1.7\"} 2000000000\n", text, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_priority_level_request_utilization_sum{phase=\"waiting\",priority_level=\"test\"} 20000000\n", text, StringComparison.Ordinal);
    }

    private static Seat Enter(PriorityLevel level, ulong flow = 1, int width = 1) => level.TryEnter(flow, width, out _)!;

    private PriorityLevel Limited(int seats, int queues, int hand = 2, int length = 50)
    {
        var level = new PriorityLevel("test", _time);
        level.Configure(Configuration(Spec(queues, hand, length)), new LevelLimits(seats, seats, seats));
        return level;
    }

    private static PriorityLevelConfigurationSpec Spec(int queues, int hand, int length) => new()
    {
        Type = "Limited",
        Limited = new()
        {
            LimitResponse = queues == 0
                ? new() { Type = "Reject" }
                : new() { Type = "Queue", Queuing = new() { Queues = queues, HandSize = hand, QueueLengthLimit = length } },
        },
    };

    private static PriorityLevelConfiguration Configuration(PriorityLevelConfigurationSpec spec) => new() { Metadata = new() { Name = "test" }, Spec = spec };
}
