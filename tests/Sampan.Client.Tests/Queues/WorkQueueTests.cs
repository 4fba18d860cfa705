using Sampan.Client.Queues;

namespace Sampan.Client.Tests.Queues;

public sealed class WorkQueueTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Add_SameKeyTwice_ComesOnce()
    {
        using var queue = new WorkQueue<string>(_time);
        queue.Add("a");
        queue.Add("a");
        Assert.Equal("a", await queue.GetAsync(default));
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public async Task Add_WhileProcessing_ComesAgainAfterDone()
    {
        using var queue = new WorkQueue<string>(_time);
        queue.Add("a");
        await queue.GetAsync(default);
        queue.Add("a");
        Assert.Equal(0, queue.Depth);
        queue.Done("a");
        Assert.Equal(1, queue.Depth);
    }

    [Theory]
    [InlineData(365)]
    [InlineData(2_000_000_000)]
    public async Task AddAfter_FurtherThanATimerReaches_ComesInTime(int days)
    {
        using var queue = new WorkQueue<string>(_time);
        queue.AddAfter("a", days > 3650 ? TimeSpan.MaxValue : TimeSpan.FromDays(days));
        _time.Advance(TimeSpan.FromDays(364));
        Assert.Equal(0, queue.Depth);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(days == 365 ? 1 : 0, queue.Depth);
        if (days == 365) Assert.Equal("a", await queue.GetAsync(default));
    }

    [Fact]
    public async Task AddAfter_ShorterDelayLater_TakesTheShorter()
    {
        using var queue = new WorkQueue<string>(_time);
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a", await queue.GetAsync(default));
        queue.Done("a");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public async Task AddRateLimited_Repeated_Doubles()
    {
        using var queue = new WorkQueue<string>(_time, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        foreach (var expected in (int[])[1, 2, 4, 5, 5])
        {
            queue.AddRateLimited("a");
            Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(expected), _time.NextTimer);
            _time.Advance(TimeSpan.FromSeconds(expected));
            Assert.Equal("a", await queue.GetAsync(default));
            queue.Done("a");
        }

        queue.Forget("a");
        queue.AddRateLimited("a");
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(1), _time.NextTimer);
    }

    [Fact]
    public async Task GetAsync_CancelledTaker_DoesNotSwallowAKey()
    {
        using var queue = new WorkQueue<string>(_time);
        using var cancel = new CancellationTokenSource();
        var taker = queue.GetAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taker);
        queue.Add("a");
        Assert.Equal("a", await queue.GetAsync(default));
    }

    /// <summary>Whatever the interleaving: no key is processed twice at a time, and every add is followed by a processing.</summary>
    [Fact]
    public async Task GetAsync_ManyWorkersAndAdders_NeverTwiceAtATimeAndNothingLost()
    {
        using var queue = new WorkQueue<int>(TimeProvider.System);
        var versions = new int[8];
        var seen = new int[8];
        var inWork = new int[8];
        var overlaps = 0;
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var key = await queue.GetAsync(stop.Token);
                if (Interlocked.Increment(ref inWork[key]) != 1) Interlocked.Increment(ref overlaps);
                Volatile.Write(ref seen[key], Volatile.Read(ref versions[key]));
                await Task.Yield();
                Interlocked.Decrement(ref inWork[key]);
                queue.Done(key);
            }
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(seed => Task.Run(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 5000; i++)
            {
                var key = random.Next(8);
                Interlocked.Increment(ref versions[key]);
                queue.Add(key);
            }
        })));
        await Eventually.TrueAsync(() => queue.IsIdle, "the queue drains");
        Assert.Equal(0, overlaps);
        Assert.Equal(versions, seen);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(workers));
    }
}
