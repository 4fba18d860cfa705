using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

public sealed class ZoneLimiterTests
{
    private const string ZoneA = ":\0:a";
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
        Assert.Equal(seconds is not null, limiter.TryTake(ZoneA));
        if (seconds is not { } pause)
        {
            _time.Advance(TimeSpan.FromHours(1));
            Assert.False(limiter.TryTake(ZoneA));
            return;
        }

        _time.Advance(TimeSpan.FromSeconds(pause - 1));
        Assert.False(limiter.TryTake(ZoneA));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limiter.TryTake(ZoneA));
    }

    [Fact]
    public void TryTake_TwoZones_HaveTurnsOfTheirOwn()
    {
        var limiter = new ZoneLimiter(new NodeLifecycleOptions(), _time);
        Add(limiter, "a", 4, 1);
        Add(limiter, "b", 4, 1);
        Assert.True(limiter.TryTake(ZoneA));
        Assert.True(limiter.TryTake(":\0:b"));
        Assert.False(limiter.TryTake(ZoneA));
    }

    [Fact]
    public void AllDown_EveryZone_StopsAllEvictionUntilOneNodeIsBack()
    {
        var limiter = new ZoneLimiter(new NodeLifecycleOptions(), _time);
        Add(limiter, "a", 2, 2);
        Add(limiter, "b", 2, 2);
        Assert.True(limiter.AllDown);
        Assert.False(limiter.TryTake(ZoneA));
        limiter.Note(Node("b", "Unknown"), Node("b", "True"));
        Assert.False(limiter.AllDown);
        // A zone that is wholly down, while others are not, is evicted at the full rate.
        Assert.True(limiter.TryTake(ZoneA));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("topology.kubernetes.io/region=r topology.kubernetes.io/zone=z", "r:\0:z")]
    [InlineData("failure-domain.beta.kubernetes.io/region=r failure-domain.beta.kubernetes.io/zone=z", "r:\0:z")]
    [InlineData("failure-domain.beta.kubernetes.io/zone=old topology.kubernetes.io/zone=z", ":\0:z")]
    public void ZoneOf_Labels_IsUpstreamsKey(string labels, string zone)
    {
        var node = new Node { Metadata = new() { Labels = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=')).ToDictionary(l => l[0], l => l[1]) } };
        Assert.Equal(zone, ZoneLimiter.ZoneOf(node));
    }

    [Fact]
    public void Note_NodesThatAreExcludedOrSilentYet_DoNotCount()
    {
        var limiter = new ZoneLimiter(new NodeLifecycleOptions(), _time);
        Add(limiter, "a", 4, 1);
        for (var i = 0; i < 9; i++)
        {
            var node = Node("a", "Unknown");
            if (i % 2 == 0) node.Metadata.Labels!["node.kubernetes.io/exclude-disruption"] = "";
            else node.Status.Conditions = null;
            limiter.Note(null, node);
        }

        Assert.True(limiter.TryTake(ZoneA));
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
