using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Watch;
using Sampan.Store;

namespace Sampan.ApiServer.Tests.Watch;

public sealed class ResourceCacheTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Find_AfterCommitReturns_HasTheWrite()
    {
        await using var fixture = await CacheFixture.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            var revision = await fixture.PutAsync("default", "web", $"n{i}");
            Assert.Equal(revision, fixture.Feed.Revision);
            Assert.Equal(revision, fixture.Pods.Find("default", "web")!.Revision);
        }
    }

    [Fact]
    public async Task Find_StoredObject_CarriesItsResourceVersion()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var revision = await fixture.PutAsync(CacheFixture.NewPod("default", "web"), companion: false);
        var found = fixture.Pods.Find("default", "web")!;
        Assert.Contains($"\"metadata\":{{\"resourceVersion\":\"{revision}\",\"name\":\"web\"", Encoding.UTF8.GetString(found.Json.Span));
        Assert.Equal($"{revision}", found.Object.Metadata.ResourceVersion);
        Assert.Equal(("default", "web"), (found.Namespace, found.Name));
        Assert.StartsWith("\"metadata\":{", Encoding.UTF8.GetString(found.JsonAfterType.Span));
    }

    [Fact]
    public async Task Find_WithCompanion_SharesIt()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var pod = CacheFixture.NewPod("default", "web");
        var revision = await fixture.PutAsync(pod);
        Assert.Same(pod, fixture.Pods.Find("default", "web")!.Object);
        Assert.Equal($"{revision}", pod.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Load_ExistingObjects_AreThere()
    {
        await using var fixture = await CacheFixture.StartAsync(before: async store =>
        {
            foreach (var (ns, name) in new[] { ("b", "x"), ("a", "z"), ("a", "y") })
            {
                await store.CommitAsync(Transaction.Set($"/registry/pods/{ns}/{name}", "{\"kind\":\"Pod\",\"metadata\":{}}"u8.ToArray()), Cancel);
            }

            await store.CommitAsync(Transaction.Set("/registry/services/a/other", "{\"metadata\":{}}"u8.ToArray()), Cancel);
        });
        var snapshot = fixture.Pods.Snapshot();
        Assert.Equal(5, snapshot.Revision);
        Assert.Equal(["a/y", "a/z", "b/x"], snapshot.Items().ToList().Select(snapshot.RelativeKey));
        Assert.Equal(["a/z"], snapshot.Items("a", "a/z").ToList().Select(snapshot.RelativeKey));
        Assert.Equal((3, 2, 1), (snapshot.CountItems(), snapshot.CountItems("a"), snapshot.CountItems(from: "a/zz")));
    }

    [Fact]
    public async Task Load_WhileWritesGoOn_MissesNothing()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, 300).Select(i => fixture.PutAsync("default", $"p{i}")));
        using var feed = new StoreFeed(fixture.Store, fixture.Time);
        var second = new ResourceCache(CacheFixture.PodOptions, feed, fixture.Store);
        await second.LoadAsync(Cancel);
        await writing;
        await fixture.PutAsync("default", "last");
        Assert.Equal(301, second.Snapshot().Count);
    }

    [Fact]
    public async Task Snapshot_WritesOfOtherResources_MoveTheRevision()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "web");
        var result = await fixture.Store.CommitAsync(Transaction.Set("/registry/apps/deployments/default/x", "{\"metadata\":{}}"u8.ToArray()), Cancel);
        Assert.Equal(result.Revision, fixture.Pods.Snapshot().Revision);
        var unrelated = await fixture.Store.CommitAsync(Transaction.Set("/elsewhere", "x"u8.ToArray()), Cancel);
        Assert.Equal(unrelated.Revision, (await fixture.Pods.ConsistentSnapshotAsync(Cancel)).Revision);
    }

    [Fact]
    public async Task SnapshotAt_PastRevision_ShowsThatState()
    {
        await using var fixture = await CacheFixture.StartAsync(CacheFixture.PodOptions with { Events = 20 });
        var revisions = new List<long>();
        for (var i = 0; i < 60; i++)
        {
            revisions.Add(await fixture.PutAsync("default", $"p{i:d2}"));
        }

        foreach (var (revision, index) in revisions.Select((r, i) => (r, i)))
        {
            var snapshot = await fixture.Pods.SnapshotAtAsync(revision, Cancel);
            Assert.Equal((revision, index + 1), (snapshot!.Revision, snapshot.Items().ToList().Count));
        }

        await fixture.Store.CompactAsync(30, Cancel);
        Assert.Null(await fixture.Pods.SnapshotAtAsync(29, Cancel));
        Assert.NotNull(await fixture.Pods.SnapshotAtAsync(30, Cancel));
    }

    [Fact]
    public async Task WaitUntilFresh_FutureRevision_TimesOutAsUpstream()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var waiting = fixture.Pods.WaitUntilFreshAsync(99, Cancel).AsTask();
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        var e = await Assert.ThrowsAsync<StatusException>(() => waiting);
        Assert.Equal("Timeout: Too large resource version: 99, current: 1", e.Status.Message);
        Assert.Equal("ResourceVersionTooLarge", e.Status.Details!.Causes![0].Reason);
        Assert.Equal(1, e.Status.Details.RetryAfterSeconds);
    }

    [Fact]
    public async Task WaitFor_RevisionThatComes_Completes()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var waiting = fixture.Pods.WaitForAsync(3, Cancel).AsTask();
        await fixture.PutAsync("default", "a");
        Assert.False(waiting.IsCompleted);
        await fixture.PutAsync("default", "b");
        await waiting;
    }

    [Fact]
    public async Task Watch_FromNow_SeesEveryKindOfChange()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "old");
        using var watcher = fixture.Pods.Watch(new WatchOptions());
        await fixture.PutAsync("default", "web");
        await fixture.PutAsync("default", "web", "n1");
        await fixture.DeleteAsync("default", "web");
        Assert.Equal(["Added web@3", "Modified web@4", "Deleted web@5"], CacheFixture.Read(watcher));
    }

    [Fact]
    public async Task Watch_Deletion_ShowsTheLastStateUnderTheNewRevision()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "web", "n7");
        using var watcher = fixture.Pods.Watch(new WatchOptions());
        await fixture.DeleteAsync("default", "web");
        Assert.True(watcher.TryRead(out var item));
        var pod = (Pod)item.Object!.Object;
        Assert.Equal(("n7", "3"), (pod.Spec!.NodeName, pod.Metadata.ResourceVersion));
    }

    [Fact]
    public async Task Watch_InitialEvents_StartWithTheStateThenItsMark()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "b");
        await fixture.PutAsync("default", "a");
        await fixture.PutAsync("other", "c");
        using var watcher = fixture.Pods.Watch(new WatchOptions
        {
            Filter = new ObjectFilter { Namespace = "default" },
            InitialEvents = true,
            MarkInitialEventsEnd = true,
        });
        await fixture.PutAsync("default", "d");
        Assert.Equal(["Added a@3", "Added b@2", "InitialEventsEnd 4", "Added d@5"], CacheFixture.Read(watcher));
    }

    [Fact]
    public async Task Watch_AfterARevision_ResumesWithoutGap()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "a");
        var seen = await fixture.PutAsync("default", "b");
        await fixture.PutAsync("default", "c");
        await fixture.DeleteAsync("default", "a");
        using var watcher = fixture.Pods.Watch(new WatchOptions { After = seen });
        await fixture.PutAsync("default", "e");
        Assert.Equal(["Added c@4", "Deleted a@5", "Added e@6"], CacheFixture.Read(watcher));
    }

    [Fact]
    public async Task Watch_AfterAnOldRevision_IsExpiredAsUpstream()
    {
        await using var fixture = await CacheFixture.StartAsync(CacheFixture.PodOptions with { Events = 10 });
        for (var i = 0; i < 30; i++)
        {
            await fixture.PutAsync("default", "web");
        }

        var e = Assert.Throws<StatusException>(() => fixture.Pods.Watch(new WatchOptions { After = 5 }));
        Assert.Equal((410, "Expired", "too old resource version: 5 (21)"), (e.Status.Code, e.Status.Reason, e.Status.Message));
        using var watcher = fixture.Pods.Watch(new WatchOptions { After = 21 });
        Assert.Equal(10, CacheFixture.Read(watcher).Count);
    }

    [Fact]
    public async Task Watch_LabelSelector_AddsAndDeletesAtItsBorder()
    {
        await using var fixture = await CacheFixture.StartAsync();
        using var watcher = fixture.Pods.Watch(new WatchOptions { Filter = new ObjectFilter { Labels = Selector.Parse("app=web") } });
        await fixture.PutAsync("default", "x", "", ("app", "db"));
        await fixture.PutAsync("default", "x", "", ("app", "web"));
        await fixture.PutAsync("default", "x", "n1", ("app", "web"));
        await fixture.PutAsync("default", "x", "n1", ("app", "db"));
        await fixture.DeleteAsync("default", "x");
        await fixture.PutAsync("default", "y", "", ("app", "web"));
        await fixture.DeleteAsync("default", "y");
        Assert.Equal(["Added x@3", "Modified x@4", "Deleted x@5", "Added y@7", "Deleted y@8"], CacheFixture.Read(watcher));
    }

    [Fact]
    public async Task Watch_LeavingObject_ShowsTheStateBefore()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "x", "", ("app", "web"));
        using var watcher = fixture.Pods.Watch(new WatchOptions { Filter = new ObjectFilter { Labels = Selector.Parse("app=web") } });
        await fixture.PutAsync("default", "x", "", ("app", "db"));
        Assert.True(watcher.TryRead(out var item));
        Assert.Equal(("web", "3"), (item.Object!.Object.Metadata.Labels!["app"], item.Object.Object.Metadata.ResourceVersion));
    }

    [Theory]
    [InlineData("default", null, "", "Added a@2,Added b@3,Modified a@5,Deleted b@6")]
    [InlineData("default", "a", "", "Added a@2,Modified a@5")]
    [InlineData(null, "a", "", "Added a@2,Modified a@5")]
    [InlineData(null, null, "spec.nodeName=n1", "Added b@3,Added a@5,Deleted b@6")]
    [InlineData(null, null, "spec.nodeName=n2", "Added c@4,Deleted c@7")]
    [InlineData(null, null, "spec.nodeName!=n1,metadata.namespace=default", "Added a@2,Deleted a@5")]
    [InlineData(null, null, "metadata.name=c", "Added c@4,Modified c@7")]
    [InlineData(null, null, "metadata.name=c,metadata.namespace=other", "Added c@4,Modified c@7")]
    public async Task Watch_PlaceOfTheFilter_SeesWhatMatches(string? ns, string? name, string fields, string expected)
    {
        await using var fixture = await CacheFixture.StartAsync();
        var filter = new ObjectFilter { Namespace = ns, Name = name, Fields = FieldSelector.Parse(fields) };
        using var watcher = fixture.Pods.Watch(new WatchOptions { Filter = filter });
        await fixture.PutAsync("default", "a");
        await fixture.PutAsync("default", "b", "n1");
        await fixture.PutAsync("other", "c", "n2");
        await fixture.PutAsync("default", "a", "n1");
        await fixture.DeleteAsync("default", "b");
        await fixture.PutAsync("other", "c", "n3");
        Assert.Equal(expected, string.Join(',', CacheFixture.Read(watcher)));
        Assert.Equal(1, fixture.Pods.WatcherCount);
        watcher.Dispose();
        Assert.Equal(0, fixture.Pods.WatcherCount);
    }

    [Fact]
    public async Task Watch_SlowReader_IsClosedAndNobodyWaits()
    {
        await using var fixture = await CacheFixture.StartAsync(CacheFixture.PodOptions with { WatcherQueue = 10 });
        using var slow = fixture.Pods.Watch(new WatchOptions());
        for (var i = 0; i < 20; i++)
        {
            await fixture.PutAsync("default", "web");
        }

        Assert.Equal(0, fixture.Pods.WatcherCount);
        Assert.Equal(10, CacheFixture.Read(slow).Count);
        Assert.False(await slow.WaitToReadAsync(Cancel));
    }

    [Fact]
    public async Task Watch_Bookmarks_ComeInOrderToThoseWhoAsk()
    {
        await using var fixture = await CacheFixture.StartAsync();
        using var asks = fixture.Pods.Watch(new WatchOptions { Bookmarks = true });
        using var silent = fixture.Pods.Watch(new WatchOptions());
        await fixture.PutAsync("default", "web");
        await fixture.Store.CommitAsync(Transaction.Set("/registry/services/default/x", "{\"metadata\":{}}"u8.ToArray()), Cancel);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await fixture.PutAsync("default", "web");
        Assert.Equal(["Added web@2", "Bookmark 3", "Modified web@4"], CacheFixture.Read(asks));
        Assert.Equal(["Added web@2", "Modified web@4"], CacheFixture.Read(silent));
    }

    [Fact]
    public async Task Tick_OldEvents_AreForgottenButTheNewestHundred()
    {
        await using var fixture = await CacheFixture.StartAsync();
        for (var i = 0; i < 150; i++)
        {
            await fixture.PutAsync("default", "web");
        }

        fixture.Time.Advance(TimeSpan.FromMinutes(5));
        fixture.Pods.Watch(new WatchOptions { After = 1 }).Dispose();
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Throws<StatusException>(() => fixture.Pods.Watch(new WatchOptions { After = 50 }));
        using var watcher = fixture.Pods.Watch(new WatchOptions { After = 51 });
        Assert.Equal(100, CacheFixture.Read(watcher).Count);
    }

    [Fact]
    public async Task Watch_StoreCloses_EndsTheWatch()
    {
        await using var fixture = await CacheFixture.StartAsync();
        using var watcher = fixture.Pods.Watch(new WatchOptions());
        await fixture.Store.DisposeAsync();
        Assert.False(await watcher.WaitToReadAsync(Cancel));
        Assert.Equal(503, Assert.Throws<StatusException>(() => fixture.Pods.Watch(new WatchOptions())).Status.Code);
        await Assert.ThrowsAsync<StatusException>(async () => await fixture.Pods.WaitForAsync(99, Cancel));
    }

    [Fact]
    public async Task Watch_ManyWritersAndWatchers_EachSeesAllInOrder()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var watchers = Enumerable.Range(0, 8).Select(_ => fixture.Pods.Watch(new WatchOptions { After = 1 })).ToList();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await fixture.PutAsync($"ns{w}", $"p{i % 50}");
            }
        })));
        foreach (var watcher in watchers)
        {
            Assert.Equal(Enumerable.Range(2, 800), CacheFixture.Read(watcher).Select(l => int.Parse(l[(l.IndexOf('@') + 1)..])));
            watcher.Dispose();
        }
    }

    [Fact]
    public async Task Form_AskedTwice_IsMadeOnce()
    {
        await using var fixture = await CacheFixture.StartAsync();
        await fixture.PutAsync("default", "web");
        var item = fixture.Pods.Find("default", "web")!;
        Assert.Same(item.Form("table", o => o.Name + "!"), item.Form("table", _ => "never"));
    }

    [Fact]
    public async Task HasContent_SameBytes_IsTrue()
    {
        await using var fixture = await CacheFixture.StartAsync();
        var stored = "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"x\"},\"spec\":{}}"u8.ToArray();
        await fixture.Store.CommitAsync(Transaction.Set("/registry/pods/default/x", stored), Cancel);
        var item = fixture.Pods.Find("default", "x")!;
        Assert.True(item.HasContent(stored));
        stored[^3] = (byte)' ';
        Assert.False(item.HasContent(stored));
    }
}
