using Sampan.ApiServer.FlowControl;
using Sampan.ApiServer.Registry.FlowControl;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class SeatTests
{
    [Fact]
    public void Of_DefaultLevels_ShareTheServersSeats()
    {
        var levels = BootstrapPriorityLevels.Mandatory.Concat(BootstrapPriorityLevels.Suggested).ToList();
        var limits = LevelLimits.Of([.. levels.Select(level => level.Spec)], 600);
        int At(string name) => levels.FindIndex(level => level.Metadata.Name == name);
        Assert.Equal(new LevelLimits(245, 24, 600), limits[At("workload-low")]);
        Assert.Equal(new LevelLimits(13, 13, 600), limits[At("catch-all")]);
        Assert.Equal(0, limits[At("exempt")].Nominal);
    }

    [Fact]
    public void Share_NobodyWantsMore_LendsNothing() =>
        Assert.Equal([10, 20], SeatBorrowing.Share([new(10, 5, 100), new(20, 2, 100)], [new(10, 10), new(3, 3)]).Seats);

    [Fact]
    public void Share_OneWantsMore_GetsWhatTheOtherLends() =>
        Assert.Equal([28, 2], SeatBorrowing.Share([new(10, 5, 100), new(20, 2, 100)], [new(80, 80), default]).Seats);

    [Fact]
    public void Share_BorrowingLimit_IsKept() =>
        Assert.Equal(12, SeatBorrowing.Share([new(10, 5, 12), new(20, 2, 100)], [new(80, 80), default]).Seats[0]);

    [Fact]
    public void Share_BothWantMore_KeepTheirShares()
    {
        int[] seats = SeatBorrowing.Share([new(10, 0, 100), new(20, 0, 100)], [new(50, 50), new(100, 100)]).Seats;
        Assert.Equal([10, 20], seats);
    }

    /// <summary>Of its own share a level keeps what it needed for a moment; beyond it counts what it needs in the long run.</summary>
    [Fact]
    public void Share_ShortPeak_KeepsTheShareAndBorrowsByTheLongRun()
    {
        var shares = SeatBorrowing.Share([new(10, 5, 100), new(20, 2, 100)], [new(10, 1), new(60, 30)]);
        Assert.Equal([10, 20], shares.Seats);
        Assert.Equal([10, 30], shares.Targets);
        Assert.Equal(2 / 3.0, shares.Fraction, 0.001);
    }

    [Fact]
    public void Deal_AnyFlow_GivesDifferentQueues()
    {
        int[] hand = new int[8];
        for (ulong flow = 0; flow < 2000; flow++)
        {
            ShuffleShard.Deal(flow, 10, hand);
            Assert.Equal(8, hand.Distinct().Count());
            Assert.All(hand, queue => Assert.InRange(queue, 0, 9));
        }
    }

    [Fact]
    public void Deal_ManyFlows_UsesAllQueuesAlike()
    {
        int[] hand = new int[4];
        int[] used = new int[32];
        for (ulong flow = 0; flow < 8000; flow++)
        {
            ShuffleShard.Deal(flow, 32, hand);
            foreach (int queue in hand) used[queue]++;
        }
        Assert.All(used, count => Assert.InRange(count, 800, 1200));
    }
}
