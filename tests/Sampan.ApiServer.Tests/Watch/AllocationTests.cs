using Sampan.Api.Codec;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Watch;
using Sampan.Store;

namespace Sampan.ApiServer.Tests.Watch;

/// <summary>The budgets of the hot paths, in bytes allocated.</summary>
public sealed class AllocationTests : IAsyncLifetime
{
    private const int Pods = 5000;
    private const int Watchers = 200;
    private const int Events = 200;
    private const int Runs = 10;

    private CacheFixture _fixture = null!;

    public async ValueTask InitializeAsync()
    {
        _fixture = await CacheFixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Pods).Select(i => _fixture.PutAsync("default", $"p{i}", $"n{i % 50}", ("app", "web"))));
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Theory]
    [InlineData("", "", Pods)]
    [InlineData("spec.nodeName=n7", "", Pods / 50)]
    [InlineData("", "app in (web, db),tier!=x", Pods)]
    [InlineData("metadata.namespace=default,metadata.name!=x", "", Pods)]
    public void List_5000Pods_AllocatesLessThan1KiB(string fields, string labels, int expected)
    {
        var filter = new ObjectFilter { Namespace = "default", Fields = FieldSelector.Parse(fields), Labels = Selector.Parse(labels) };
        Assert.Equal(expected, Count(filter));
        Assert.InRange(Enumerable.Range(0, Runs).Min(_ => AllocatedBy(() => Count(filter))), 0, 1024);
    }

    [Fact]
    public void Find_OnePod_AllocatesItsKeyOnly()
    {
        _fixture.Pods.Find("default", "p77");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotNull(_fixture.Pods.Find("default", "p77"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128);
    }

    [Fact]
    public void Apply_ManyWatchers_AllocatesLessThan64BytesAnEventAndWatcher()
    {
        var everything = Enumerable.Range(0, Watchers).Select(_ => _fixture.Pods.Watch(new WatchOptions())).ToList();
        Apply(1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Apply(2_000_000);
        Drain(everything);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (Events * Watchers), 0, 64);
    }

    [Fact]
    public void Apply_WatchersOfOtherNodes_CostNothing()
    {
        var others = Enumerable.Range(0, Watchers).Select(i => _fixture.Pods.Watch(new WatchOptions
        {
            Filter = new ObjectFilter { Fields = FieldSelector.OneTerm("spec.nodeName", $"other-{i}") },
        })).ToList();
        Apply(1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Apply(2_000_000);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Events, 0, 8192);
        Assert.All(others, watcher => Assert.False(watcher.TryRead(out _)));
    }

    /// <summary>What one run allocates on this thread; the runtime adds its own now and then, when it compiles anew.</summary>
    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private int Count(ObjectFilter filter)
    {
        var count = 0;
        foreach (var item in _fixture.Pods.Snapshot().Items())
        {
            count += filter.Matches(item, _fixture.Pods.Selectable) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Events as the feed brings them, on this thread.</summary>
    private void Apply(long revision)
    {
        for (var i = 0; i < Events; i++)
        {
            var pod = CacheFixture.NewPod("default", $"p{i}", "n1");
            var current = new KeyValue($"/registry/pods/default/p{i}", JsonCodec.Encode(pod), 2, revision + i, 2, 0);
            _fixture.Pods.Apply(revision + i, [new StoreEvent(current.Key, current, null, pod)]);
        }
    }

    private static void Drain(List<CacheWatcher> watchers)
    {
        foreach (var watcher in watchers)
        {
            while (watcher.TryRead(out _))
            {
            }
        }
    }
}
