using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Informers;

namespace Sampan.Client.Tests.Informers;

public sealed class InformerTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private readonly InformerFactory _factory;
    private readonly Informer<ConfigMap> _informer;
    private readonly ConcurrentQueue<string> _changes = [];

    public InformerTests()
    {
        _api = new FakeApi(_time);
        _factory = new InformerFactory(_api.Client, _time, NullLoggerFactory.Instance);
        _informer = _factory.For<ConfigMap>();
        _informer.Subscribe((old, current) => _changes.Enqueue($"{(old is null ? "+" : current is null ? "-" : "~")}{(current ?? old)!.Metadata.Name}"));
    }

    [Fact]
    public async Task StartAsync_ExistingObjects_AreListedThenWatched()
    {
        _api.Put(Map("a"));
        await _factory.StartAsync(default);
        Assert.NotNull(_informer.Get("default", "a"));
        _api.Put(Map("b"));
        await PausesUntilAsync(() => _changes.Count >= 2);
        Assert.Equal(["+a", "+b"], _changes);
    }

    [Fact]
    public async Task For_SameKindTwice_IsShared()
    {
        Assert.Same(_informer, _factory.For<ConfigMap>());
        Assert.NotSame(_informer, _factory.For<ConfigMap>("kube-system"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Watch_EndsByServer_ResumesWithoutListing()
    {
        await _factory.StartAsync(default);
        await WatchingAsync();
        _api.Put(Map("a"));
        await SeenAsync("a");
        _api.BreakWatches();
        _api.Put(Map("b"));
        await SeenAsync("b");
        Assert.Single(_api.Requests, r => r.Verb == ApiVerbs.List);
    }

    [Fact]
    public async Task Watch_ConnectionLost_ResumesAfterAPause()
    {
        await _factory.StartAsync(default);
        await WatchingAsync();
        _api.BreakWatches(new ApiConnectionException("reset"));
        await Eventually.TrueAsync(() => _time.NextTimer is not null, "a pause");
        _api.Put(Map("a"));
        Assert.Null(_informer.Get("default", "a"));
        _time.Advance(TimeSpan.FromSeconds(2));
        await SeenAsync("a");
        Assert.Single(_api.Requests, r => r.Verb == ApiVerbs.List);
    }

    [Fact]
    public async Task Watch_RevisionGone_ListsAnewAndTellsDifferences()
    {
        _api.Put(Map("gone"));
        _api.Put(Map("kept"));
        await _factory.StartAsync(default);
        await WatchingAsync();
        _api.HoldWatches();
        _api.Remove<ConfigMap>("default", "gone");
        _api.Put(Map("new"));
        _api.Compact();
        _api.BreakWatches();
        _api.ReleaseWatches();
        await PausesUntilAsync(() => _informer.Get("default", "new") is not null && _changes.Count >= 4);
        Assert.Null(_informer.Get("default", "gone"));
        Assert.Equal(["+gone", "+kept"], _changes.Take(2).Order());
        Assert.Equal(["-gone", "+new"], _changes.Skip(2));
    }

    [Fact]
    public async Task Replace_SameNameOtherUid_IsDeletionAndCreation()
    {
        _api.Put(Map("a"));
        await _factory.StartAsync(default);
        await WatchingAsync();
        _api.HoldWatches();
        _api.Remove<ConfigMap>("default", "a");
        var second = _api.Put(Map("a"));
        _api.Compact();
        _api.BreakWatches();
        _api.ReleaseWatches();
        await PausesUntilAsync(() => _informer.Get("default", "a")?.Metadata.Uid == second.Metadata.Uid && _changes.Count >= 3);
        Assert.Equal(["+a", "-a", "+a"], _changes);
    }

    [Fact]
    public async Task Bookmark_MovesTheRevisionOnly()
    {
        await _factory.StartAsync(default);
        await WatchingAsync();
        _api.SendBookmark<ConfigMap>();
        await _informer.WaitForRevisionAsync($"{_api.Revision}", default).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Empty(_changes);
        _api.BreakWatches();
        await Eventually.TrueAsync(() => _api.Requests.Count(r => r.Verb == ApiVerbs.Watch) == 2, "a second watch");
        var resumed = _api.Requests.Last(r => r.Verb == ApiVerbs.Watch).Query.First(q => q.Key == "resourceVersion").Value;
        Assert.Equal($"{_api.Revision}", resumed);
    }

    [Fact]
    public async Task ByIndex_FollowsChanges()
    {
        _informer.AddIndex("team", m => m.Metadata.Labels?.GetValueOrDefault("team") is { } team ? [team] : []);
        _api.Put(Map("a", "red"));
        _api.Put(Map("b", "blue"));
        await _factory.StartAsync(default);
        await WatchingAsync();
        _api.Put(Map("b", "red"));
        await Eventually.TrueAsync(() => _informer.ByIndex("team", "red").Count() == 2, "b joins red");
        Assert.Empty(_informer.ByIndex("team", "blue"));
        _api.Remove<ConfigMap>("default", "a");
        await Eventually.TrueAsync(() => _informer.ByIndex("team", "red").Count() == 1, "a leaves red");
    }

    [Fact]
    public async Task Snapshot_Kept_DoesNotChange()
    {
        _api.Put(Map("a"));
        await _factory.StartAsync(default);
        var before = _informer.Snapshot;
        _api.Put(Map("b"));
        await SeenAsync("b");
        Assert.Single(before.Items);
    }

    [Fact]
    public async Task List_ServerAway_IsTriedAgainWithGrowingPauses()
    {
        var failures = 0;
        _api.Refuse = r => r.Verb == ApiVerbs.List && failures++ < 3 ? new ApiConnectionException("refused") : null;
        var started = _factory.StartAsync(default);
        await PausesUntilAsync(() => started.IsCompleted);
        Assert.Equal(4, failures);
    }

    public async ValueTask DisposeAsync() => await _factory.DisposeAsync();

    private static ConfigMap Map(string name, string? team = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = team is null ? null : new() { ["team"] = team } },
    };

    private Task SeenAsync(string name) => Eventually.TrueAsync(() => _informer.Get("default", name) is not null, $"{name} is seen");

    private Task WatchingAsync() => Eventually.TrueAsync(() => _api.WatcherCount == 1, "the watch is open");

    private Task PausesUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            if (condition()) return true;
            _time.Advance(TimeSpan.FromSeconds(1));
            return false;
        },
        "a retry succeeds");
}
