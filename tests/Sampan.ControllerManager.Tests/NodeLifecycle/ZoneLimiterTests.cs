using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

public sealed class ZoneLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    /// <summary>A zone of so many nodes, of which so many are down, evicts from one node after so many seconds; null: never.</summary>
    [Theory]
    [InlineData(10, 2, 10)]
    [InlineData(10, 5, 10)]
    [InlineData(10, 6, null)]
    [InlineData(50, 30, null)]
    [InlineData(51, 30, 100)]
    [InlineData(100, 54, 10)]
    [InlineData(100, 55, 100)]
    public void TryTake_ShareOfANodesZoneDown_SlowsEvictionDown(int nodes, int down, int? seconds)
    {
        var limiter = new ZoneLimiter(new NodeLifecycleOptions(), _time);
        Add(limiter, "a", nodes, down);
        Assert.Equal(seconds is not null, limiter.TryTake(":a"));
        if (seconds is not { } pause)
        {
            _time.Advance(TimeSpan.FromHours(1));
            Assert.False(limiter.TryTake(":a"));
            return;
        }

        _time.Advance(TimeSpan.FromSeconds(pause - 1));
        Assert.False(limiter.TryTake(":a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limiter.TryTake(":a"));
    }

    [Fact]
    public void TryTake_TwoZones_HaveTurnsOfTheirOwn()
    {
        var limiter = new ZoneLimiter(new NodeLifecycleOptions(), _time);
        Add(limiter, "a", 4, 1);
        Add(limiter, "b", 4, 1);
        Assert.True(limiter.TryTake(":a"));
        Assert.True(limiter.TryTake(":b"));
        Assert.False(limiter.TryTake(":a"));
    }

    [Fact]
    public void AllDown_EveryZone_StopsAllEvictionUntilOneNodeIsBack()
    {
        var limiter = new ZoneLimiter(new NodeLifecycleOptions(), _time);
        Add(limiter, "a", 2, 2);
        Add(limiter, "b", 2, 2);
        Assert.True(limiter.AllDown);
        Assert.False(limiter.TryTake(":a"));
        limiter.Note(Node("b", "Unknown"), Node("b", "True"));
        Assert.False(limiter.AllDown);
        // A zone that is wholly down, while others are not, is evicted at the full rate.
        Assert.True(limiter.TryTake(":a"));
    }

    private static void Add(ZoneLimiter limiter, string zone, int nodes, int down)
    {
        for (var i = 0; i < nodes; i++) limiter.Note(null, Node(zone, i < down ? "Unknown" : "True"));
    }

    private static Node Node(string zone, string ready) => new()
    {
        Metadata = new() { Name = zone, Labels = new() { ["topology.kubernetes.io/zone"] = zone } },
        Status = new() { Conditions = [new() { Type = "Ready", Status = ready }] },
    };
}
