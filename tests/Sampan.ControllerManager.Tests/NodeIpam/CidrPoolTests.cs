using Sampan.ControllerManager.NodeIpam;

namespace Sampan.ControllerManager.Tests.NodeIpam;

/// <summary>Shares of a range, after upstream's cases of its sets of ranges.</summary>
public sealed class CidrPoolTests
{
    [Theory]
    [InlineData("127.123.234.0/30", 30, "127.123.234.0/30")]
    [InlineData("127.123.234.0/30", 31, "127.123.234.0/31 127.123.234.2/31")]
    [InlineData("beef:1234::/30", 30, "beef:1234::/30")]
    [InlineData("beef:1234::/30", 32, "beef:1234::/32 beef:1235::/32 beef:1236::/32 beef:1237::/32")]
    [InlineData("1:2::/62", 64, "1:2::/64 1:2:0:1::/64 1:2:0:2::/64 1:2:0:3::/64")]
    public void Take_UntilNoneIsLeft_GivesEachShareOnceAndAgainOnceReleased(string cluster, int prefix, string shares)
    {
        var pool = new CidrPool(cluster, prefix);
        var all = shares.Split(' ');
        Assert.Equal(all, all.Select((_, i) => pool.Take($"{i}").Cidr));
        Assert.Null(pool.Take("late").Cidr);
        Assert.Equal((all.Length, 1.0), (pool.Size, pool.Usage));
        Assert.True(pool.Release("0"));
        Assert.False(pool.Release("0"));
        Assert.Equal(all[0], pool.Take("late").Cidr);
        Assert.Equal(all[0], pool.Take("late").Cidr);
    }

    /// <summary>How many shares of how many a range takes that a node has already.</summary>
    [Theory]
    [InlineData("127.0.0.0/8", 16, "127.0.0.0/8", 256)]
    [InlineData("127.0.0.0/8", 16, "127.0.0.0/2", 256)]
    [InlineData("127.0.0.0/8", 16, "127.0.0.0/16", 1)]
    [InlineData("127.0.0.0/8", 24, "127.0.0.0/16", 256)]
    [InlineData("127.0.0.0/12", 16, "127.0.0.0/13", 8)]
    [InlineData("127.0.0.0/7", 15, "127.0.0.0/15", 1)]
    [InlineData("127.0.0.0/7", 15, "127.0.0.0/18", 1)]
    [InlineData("10.1.0.0/16", 24, "10.1.2.0/24", 1)]
    [InlineData("10.1.0.0/16", 24, "10.1.2.64/26", 1)]
    [InlineData("10.1.0.0/16", 24, "10.1.16.0/20", 16)]
    [InlineData("10.1.0.0/16", 24, "10.2.0.0/24", 0)]
    [InlineData("10.1.0.0/16", 24, "fd00::/64", 0)]
    [InlineData("10.1.0.0/16", 24, "no range", 0)]
    [InlineData("2001:beef::/48", 64, "2001:beef::/56", 256)]
    public void Mark_WhatANodeHas_KeepsItFromOthers(string cluster, int prefix, string marked, int taken)
    {
        var pool = new CidrPool(cluster, prefix);
        pool.Mark(marked, "old");
        Assert.Equal(taken, (int)Math.Round(pool.Usage * pool.Size));
        pool.Mark(marked, "old");
        Assert.Equal(taken, (int)Math.Round(pool.Usage * pool.Size));
        Assert.Equal(taken > 0, pool.Release("old"));
        Assert.Equal(0, pool.Usage);
    }

    [Fact]
    public void Take_BesideAHalfUsedRange_GoesOnBehindIt()
    {
        var pool = new CidrPool("10.1.0.0/22", 24);
        pool.Mark("10.1.0.0/23", "old");
        Assert.Equal("10.1.2.0/24", pool.Take("a").Cidr);
        Assert.Equal("10.1.3.0/24", pool.Take("b").Cidr);
        Assert.Null(pool.Take("c").Cidr);
        pool.Release("a");
        Assert.Equal("10.1.2.0/24", pool.Take("c").Cidr);
    }

    [Theory]
    [InlineData("10.1.0.0/24", 23)]
    [InlineData("fd00::/32", 64)]
    public void New_SharesThatDoNotFit_IsRefused(string cluster, int prefix) => Assert.Throws<ArgumentException>(() => new CidrPool(cluster, prefix));
}
