using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Tests.Fakes;

namespace Sampan.Kubelet.Tests.Pods;

public sealed class BackoffTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Next_Repeated_DoublesUpToTheLongest()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _time);
        var waits = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            backoff.Next("a", _time.GetUtcNow());
            waits.Add(backoff.Get("a").TotalSeconds);
            _time.Advance(backoff.Get("a"));
        }

        Assert.Equal([10, 20, 40, 80, 160, 300, 300], waits);
    }

    [Fact]
    public void Remaining_AfterFailure_CountsDown()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _time);
        Assert.Null(backoff.Remaining("a", _time.GetUtcNow()));
        backoff.Next("a", _time.GetUtcNow());
        var failedAt = _time.GetUtcNow();

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), backoff.Remaining("a", failedAt));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(backoff.Remaining("a", failedAt));
    }

    [Fact]
    public void Next_AfterLongQuiet_StartsAnew()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), _time);
        backoff.Next("a", _time.GetUtcNow());
        backoff.Next("a", _time.GetUtcNow());

        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Null(backoff.Remaining("a", _time.GetUtcNow()));
        backoff.Next("a", _time.GetUtcNow());

        Assert.Equal(TimeSpan.FromSeconds(10), backoff.Get("a"));
    }
}
