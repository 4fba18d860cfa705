using Sampan.ApiServer.FlowControl;

namespace Sampan.ApiServer.Tests.FlowControl;

public sealed class RefusalBackoffTests
{
    private readonly RefusalBackoff _backoff = new();

    [Fact]
    public void Refused_Once_IsOneSecond() => Assert.Equal(1, _backoff.Refused(1000));

    [Fact]
    public void Refused_Always_DoublesUpToHalfAMinute()
    {
        var waits = Enumerable.Range(1000, 200).Select(second => Refuse(second, 200)).ToList().Distinct();
        Assert.Equal([1, 2, 4, 8, 16, 32], waits);
    }

    [Fact]
    public void Refused_Spike_CountsOnce()
    {
        Refuse(1000, 100);
        Assert.Equal(2, Refuse(1001, 1));
        Assert.Equal(2, Refuse(1002, 1));
    }

    [Fact]
    public void Refused_Rarely_FallsByOne()
    {
        // 2 after a second, 4 after three, 8 after seven.
        for (var second = 1000; second < 1010; second++)
        {
            Refuse(second, 100);
        }
        Assert.Equal([7, 6, 5, 4, 3, 2, 1, 1], Enumerable.Range(1, 8).Select(minute => _backoff.Refused(1010 + (60 * minute))));
    }

    private int Refuse(long second, int times)
    {
        for (var i = 1; i < times; i++)
        {
            _backoff.Refused(second);
        }
        return _backoff.Refused(second);
    }
}
