namespace Sampan.Store.Tests;

/// <summary>What every backend must do. A backend's tests inherit this and say how to open one that is empty.</summary>
public abstract class StoreContractTests : IAsyncLifetime
{
    private IStore? _store;

    protected IStore Store => _store!;

    protected abstract Task<IStore> OpenAsync();

    /// <summary>Lets so much time pass for leases.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Revision_EmptyStore_IsOne()
    {
        Assert.Equal(1, await Store.CurrentRevisionAsync(CancellationToken.None));
        var range = await Store.RangeAsync("", default, CancellationToken.None);
        Assert.Equal(1, range.Revision);
    }

    [Fact]
    public async Task Get_AbsentKey_IsNull() => Assert.Null(await Store.GetAsync("/a", CancellationToken.None));

    [Fact]
    public async Task Commit_PutTwice_CountsRevisionsAndVersions()
    {
        Assert.Equal(2, await Store.SetAsync("/a", "one"));
        Assert.Equal(3, await Store.SetAsync("/b", "other"));
        Assert.Equal(4, await Store.SetAsync("/a", "two"));
        var found = await Store.GetAsync("/a", CancellationToken.None);
        Assert.Equal(("two", 2L, 4L, 2L), (found!.Text(), found!.CreateRevision, found!.ModRevision, found!.Version));
        Assert.Equal(4, Store.Revision);
    }

    [Fact]
    public async Task Commit_CreateOfExisting_IsRefusedWithCurrent()
    {
        await Store.SetAsync("/a", "one");
        var result = await Store.CommitAsync(Transaction.Create("/a", "two".Bytes()), CancellationToken.None);
        Assert.False(result.Succeeded);
        Assert.Equal("one", Assert.Single(result.Current)!.Text());
        Assert.Equal("one", await Store.ValueAsync("/a"));
    }

    [Fact]
    public async Task Commit_UpdateAtOldRevision_ChangesNothing()
    {
        var revision = await Store.SetAsync("/a", "one");
        await Store.SetAsync("/a", "two");
        var result = await Store.CommitAsync(Transaction.Update("/a", revision, "three".Bytes()), CancellationToken.None);
        Assert.False(result.Succeeded);
        Assert.Equal(3, result.Revision);
        Assert.Equal("two", await Store.ValueAsync("/a"));
    }

    [Fact]
    public async Task Commit_CompareOnCreateRevision_SeesRecreation()
    {
        var first = await Store.SetAsync("/a", "one");
        await Store.DeleteAsync("/a");
        await Store.SetAsync("/a", "again");
        var stale = new Transaction([Compare.CreateRevision("/a", first)], [new Delete("/a")]);
        Assert.False((await Store.CommitAsync(stale, CancellationToken.None)).Succeeded);
        var fresh = new Transaction([Compare.CreateRevision("/a", 4)], [new Delete("/a")]);
        Assert.True((await Store.CommitAsync(fresh, CancellationToken.None)).Succeeded);
    }

    [Fact]
    public async Task Commit_SeveralMutations_ShareOneRevision()
    {
        await Store.SetAsync("/gone", "x");
        var result = await Store.CommitAsync(
            new Transaction([Compare.Absent("/a")], [new Put("/a", "1".Bytes()), new Put("/b", "2".Bytes()), new Delete("/gone")]),
            CancellationToken.None);
        Assert.Equal((true, 3L), (result.Succeeded, result.Revision));
        Assert.Equal(["/a", "/b"], await Store.KeysAsync("/"));
        Assert.Equal(["3 /a=1<", "3 /b=2<", "3 /gone=<x"], await Store.EventsAsync("/", 3, 3));
    }

    [Fact]
    public async Task Commit_OneCompareFails_RefusesAllMutations()
    {
        await Store.SetAsync("/a", "1");
        var result = await Store.CommitAsync(
            new Transaction([Compare.Absent("/b"), Compare.Absent("/a")], [new Put("/b", "2".Bytes())]), CancellationToken.None);
        Assert.False(result.Succeeded);
        Assert.Null(result.Current[0]);
        Assert.Equal("1", result.Current[1]!.Text());
        Assert.Null(await Store.GetAsync("/b", CancellationToken.None));
    }

    [Fact]
    public async Task Commit_DeleteOfAbsent_KeepsRevision()
    {
        Assert.Equal(1, await Store.DeleteAsync("/a"));
        Assert.Equal(1, Store.Revision);
    }

    [Fact]
    public async Task Commit_SameKeyTwice_IsAnError() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await Store.CommitAsync(new Transaction([], [new Delete("/a"), new Put("/a", "".Bytes())]), CancellationToken.None));

    [Fact]
    public async Task Commit_EmptyValue_IsKept()
    {
        await Store.SetAsync("/a", "");
        Assert.Equal("", await Store.ValueAsync("/a"));
    }

    [Fact]
    public async Task Commit_LargeAndBinaryValue_IsKept()
    {
        var value = new byte[1 << 20];
        new Random(1).NextBytes(value);
        await Store.CommitAsync(Transaction.Set("/a", value), CancellationToken.None);
        Assert.True((await Store.GetAsync("/a", CancellationToken.None))!.Value.Span.SequenceEqual(value));
    }

    [Fact]
    public async Task Range_Prefix_IsOrderedByBytes()
    {
        foreach (var key in new[] { "/p/b", "/p/a-b", "/p/a/x", "/p/é", "/p/a", "/q/a", "/o/z", "/p" })
        {
            await Store.SetAsync(key, key);
        }

        Assert.Equal(["/p/a", "/p/a-b", "/p/a/x", "/p/b", "/p/é"], await Store.KeysAsync("/p/"));
    }

    [Fact]
    public async Task Range_LimitAndStartAfter_PagesThroughOneRevision()
    {
        for (var i = 0; i < 7; i++)
        {
            await Store.SetAsync($"/p/{i}", "x");
        }

        var first = await Store.RangeAsync("/p/", new RangeOptions { Limit = 3 }, CancellationToken.None);
        await Store.DeleteAsync("/p/4");
        await Store.SetAsync("/p/35", "new");
        var second = await Store.RangeAsync(
            "/p/", new RangeOptions { Limit = 3, StartAfter = first.Items[^1].Key, Revision = first.Revision }, CancellationToken.None);
        var third = await Store.RangeAsync(
            "/p/", new RangeOptions { Limit = 3, StartAfter = second.Items[^1].Key, Revision = first.Revision }, CancellationToken.None);
        Assert.Equal((7L, true), (first.Count, first.More));
        Assert.Equal((4L, true), (second.Count, second.More));
        Assert.Equal((1L, false), (third.Count, third.More));
        Assert.Equal("0123456", string.Concat(first.Items.Concat(second.Items).Concat(third.Items).Select(i => i.Key[3..])));
    }

    [Fact]
    public async Task Range_CountOnly_ReturnsNoItems()
    {
        await Store.SetAsync("/p/1", "x");
        await Store.SetAsync("/p/2", "x");
        await Store.DeleteAsync("/p/1");
        var range = await Store.RangeAsync("/p/", new RangeOptions { CountOnly = true }, CancellationToken.None);
        Assert.Equal((0, 1L), (range.Items.Count, range.Count));
    }

    [Fact]
    public async Task Range_AtOldRevision_SeesThatState()
    {
        var r1 = await Store.SetAsync("/a", "1");
        var r2 = await Store.SetAsync("/b", "1");
        var r3 = await Store.DeleteAsync("/a");
        await Store.SetAsync("/a", "2");
        Assert.Equal(["/a"], await Store.KeysAsync("/", new RangeOptions { Revision = r1 }));
        Assert.Equal(["/a", "/b"], await Store.KeysAsync("/", new RangeOptions { Revision = r2 }));
        Assert.Equal(["/b"], await Store.KeysAsync("/", new RangeOptions { Revision = r3 }));
    }

    [Fact]
    public async Task Range_FutureRevision_Throws()
    {
        var e = await Assert.ThrowsAsync<FutureRevisionException>(() => Store.KeysAsync("/", new RangeOptions { Revision = 99 }));
        Assert.Equal((99L, 1L), (e.Revision, e.CurrentRevision));
    }

    [Fact]
    public async Task Compact_OlderReads_AreRefusedAndTheRestStays()
    {
        await Store.SetAsync("/a", "1");
        await Store.SetAsync("/b", "1");
        var deleted = await Store.DeleteAsync("/b");
        var kept = await Store.SetAsync("/a", "2");
        await Store.SetAsync("/a", "3");
        await Store.CompactAsync(kept, CancellationToken.None);
        var e = await Assert.ThrowsAsync<CompactedException>(() => Store.KeysAsync("/", new RangeOptions { Revision = deleted }));
        Assert.Equal(kept, e.CompactedRevision);
        var range = await Store.RangeAsync("/", new RangeOptions { Revision = kept }, CancellationToken.None);
        Assert.Equal("2", Assert.Single(range.Items).Text());
        Assert.Equal("3", await Store.ValueAsync("/a"));
        Assert.Equal(kept, Store.CompactedRevision);
    }

    [Fact]
    public async Task Compact_AtTheNewestRevision_KeepsTheRevision()
    {
        await Store.SetAsync("/a", "1");
        var revision = await Store.DeleteAsync("/a");
        await Store.CompactAsync(revision, CancellationToken.None);
        Assert.Equal(revision, await Store.CurrentRevisionAsync(CancellationToken.None));
        Assert.Equal(revision + 1, await Store.SetAsync("/a", "2"));
        var found = await Store.GetAsync("/a", CancellationToken.None);
        Assert.Equal((revision + 1, 1L), (found!.CreateRevision, found.Version));
    }

    [Fact]
    public async Task Compact_FutureOrPast_Throws()
    {
        await Store.SetAsync("/a", "1");
        await Store.SetAsync("/a", "2");
        await Store.CompactAsync(3, CancellationToken.None);
        await Assert.ThrowsAsync<FutureRevisionException>(async () => await Store.CompactAsync(4, CancellationToken.None));
        await Assert.ThrowsAsync<CompactedException>(async () => await Store.CompactAsync(2, CancellationToken.None));
    }

    [Fact]
    public async Task Watch_FromThePast_GivesHistoryThenFresh()
    {
        await Store.SetAsync("/a", "1");
        await Store.SetAsync("/other", "1");
        await Store.SetAsync("/a", "2");
        var watching = Store.EventsAsync("/a", 2, 4);
        await Store.DeleteAsync("/a");
        await Store.SetAsync("/a", "3");
        Assert.Equal(["2 /a=1<", "4 /a=2<1", "5 /a=<2", "6 /a=3<"], await watching);
    }

    [Fact]
    public async Task Watch_FromZero_GivesOnlyFresh()
    {
        await Store.SetAsync("/a", "1");
        await using var watch = Store.WatchAsync("/", 0, TestContext.Current.CancellationToken).GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        await Store.SetAsync("/a", "2");
        Assert.True(await next);
        Assert.Equal(3, watch.Current.Revision);
    }

    [Fact]
    public async Task Watch_FutureRevision_WaitsForIt()
    {
        var watching = Store.EventsAsync("/", 4, 1);
        await Store.SetAsync("/a", "2");
        await Store.SetAsync("/a", "3");
        await Store.SetAsync("/a", "4");
        Assert.Equal(["4 /a=4<3"], await watching);
    }

    [Fact]
    public async Task Watch_CompactedRevision_Throws()
    {
        for (var i = 0; i < 2000; i++)
        {
            await Store.SetAsync("/a", "x");
        }

        await Store.CompactAsync(900, CancellationToken.None);
        var e = await Assert.ThrowsAsync<CompactedException>(() => Store.EventsAsync("/", 900, 1));
        Assert.Equal(900, e.CompactedRevision);
        Assert.Equal(["901 /a=x<x"], (await Store.EventsAsync("/", 901, 1))[..1]);
    }

    [Fact]
    public async Task Watch_Cancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        await using var watch = Store.WatchAsync("/", 0, cancel.Token).GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task Watch_LongHistory_IsWholeAndInOrder()
    {
        for (var i = 0; i < 3000; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, 50).Select(n => Store.SetAsync($"/{n % 7}", $"{n}")));
        }

        var events = await Store.EventsAsync("/", 2, 3000);
        Assert.Equal(Enumerable.Range(2, 3000).Select(r => $"{r}"), events.Select(e => e[..e.IndexOf(' ')]));
    }

    [Fact]
    public async Task Subscribe_Writes_AreSeenInOrderWithProgress()
    {
        await Store.SetAsync("/a", "0");
        var observer = new RecordingObserver();
        using var subscription = Store.Subscribe("/a", observer);
        var companion = new object();
        await Store.CommitAsync(Transaction.Set("/a", "1".Bytes(), companion: companion), CancellationToken.None);
        await Store.SetAsync("/b", "1");
        await WaitAsync(() => observer.Batches.Count == 2);
        Assert.Equal(2, subscription.Revision);
        Assert.Equal([3L, 4L], observer.Batches.Select(b => b.Revision));
        Assert.Same(companion, Assert.Single(observer.Batches[0].Events).Companion);
        Assert.Empty(observer.Batches[1].Events);
    }

    [Fact]
    public async Task Subscribe_Disposed_HearsNothingMore()
    {
        var observer = new RecordingObserver();
        Store.Subscribe("/", observer).Dispose();
        await Store.SetAsync("/a", "1");
        Assert.Empty(observer.Batches);
    }

    [Fact]
    public async Task Subscribe_StoreCloses_IsLost()
    {
        var observer = new RecordingObserver();
        Store.Subscribe("/", observer);
        await Store.DisposeAsync();
        Assert.NotNull(observer.Lost);
    }

    [Fact]
    public async Task Lease_Expires_DeletesItsKeys()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        await Store.SetAsync("/a", "1", lease);
        await Store.SetAsync("/b", "1", lease);
        await Store.SetAsync("/b", "2");
        await PassAsync(TimeSpan.FromSeconds(9));
        Assert.Equal(["/a", "/b"], await Store.KeysAsync("/"));
        await PassAsync(TimeSpan.FromSeconds(2));
        await WaitAsync(async () => (await Store.KeysAsync("/")).Count == 1);
        Assert.Equal(["/b"], await Store.KeysAsync("/"));
    }

    [Fact]
    public async Task Lease_KeptAlive_Lives()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        await Store.SetAsync("/a", "1", lease);
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(TimeSpan.FromSeconds(8));
            Assert.True(await Store.KeepLeaseAliveAsync(lease, CancellationToken.None));
        }

        Assert.Equal("1", await Store.ValueAsync("/a"));
        await PassAsync(TimeSpan.FromSeconds(11));
        await WaitAsync(async () => await Store.ValueAsync("/a") is null);
        Assert.False(await Store.KeepLeaseAliveAsync(lease, CancellationToken.None));
    }

    [Fact]
    public async Task Lease_Revoked_DeletesItsKeysAndRefusesPuts()
    {
        var lease = await Store.GrantLeaseAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        await Store.SetAsync("/a", "1", lease);
        Assert.True(await Store.RevokeLeaseAsync(lease, CancellationToken.None));
        Assert.Null(await Store.ValueAsync("/a"));
        Assert.False(await Store.RevokeLeaseAsync(lease, CancellationToken.None));
        await Assert.ThrowsAsync<StoreException>(() => Store.SetAsync("/a", "2", lease));
    }

    [Fact]
    public async Task Commit_ManyWritersOnOneKey_EachIncrementCountsOnce()
    {
        await Store.SetAsync("/counter", "0");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => IncrementAsync(50))));
        Assert.Equal("400", await Store.ValueAsync("/counter"));
        var counter = await Store.GetAsync("/counter", CancellationToken.None);
        Assert.Equal(401, counter!.Version);
    }

    protected static Task WaitAsync(Func<bool> condition) => WaitAsync(() => Task.FromResult(condition()));

    protected static async Task WaitAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private async Task IncrementAsync(int times)
    {
        while (times > 0)
        {
            var current = await Store.GetAsync("/counter", CancellationToken.None);
            var next = $"{int.Parse(current!.Text()) + 1}".Bytes();
            var result = await Store.CommitAsync(Transaction.Update("/counter", current!.ModRevision, next), CancellationToken.None);
            times -= result.Succeeded ? 1 : 0;
        }
    }
}
