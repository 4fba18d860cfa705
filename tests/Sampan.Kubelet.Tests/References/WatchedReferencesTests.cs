using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Tests.Fakes;
using Sampan.Kubelet.References;
using Eventually = Sampan.Kubelet.Tests.Fakes.Eventually;

namespace Sampan.Kubelet.Tests.References;

public sealed class WatchedReferencesTests : IAsyncDisposable
{
    private static readonly ObjectKey Key = new("default", "settings");
    private readonly FakeTimeProvider _time = new();
    private readonly FakeApi _api;
    private readonly WatchedReferences<ConfigMap> _references;
    private readonly List<string> _changed = [];

    public WatchedReferencesTests()
    {
        _api = new FakeApi(_time);
        _references = new WatchedReferences<ConfigMap>(_api.Client, map => map.Immutable == true, _time, NullLogger.Instance);
        _references.Changed += uid =>
        {
            lock (_changed) _changed.Add(uid);
        };
    }

    public ValueTask DisposeAsync() => _references.DisposeAsync();

    [Fact]
    public async Task Find_ReferredObject_FollowsItAndTellsItsPods()
    {
        _api.Put(Map("1"));
        _references.Set("a", [Key]);
        _references.Set("b", [Key]);
        Assert.Equal("1", await FindAsync());

        _api.Put(Map("2"));

        await Eventually.TrueAsync(() => Changed().Order().SequenceEqual(["a", "b"]), "both pods are told");
        Assert.Equal("2", await FindAsync());
        Assert.Single(_api.Requests, r => r.Verb == ApiVerbs.List);
        Assert.DoesNotContain(_api.Requests, r => r.Verb == ApiVerbs.Get);
    }

    [Fact]
    public async Task Find_ObjectCreatedLater_TellsThePodThatWaits()
    {
        _references.Set("a", [Key]);
        Assert.Null(await FindAsync());

        _api.Put(Map("1"));

        await Eventually.TrueAsync(() => Changed().Contains("a"), "the pod is told");
        Assert.Equal("1", await FindAsync());
    }

    [Fact]
    public async Task Set_LastPodGone_EndsTheWatch()
    {
        _api.Put(Map("1"));
        _references.Set("a", [Key]);
        _references.Set("b", [Key]);
        await FindAsync();
        await Eventually.TrueAsync(() => _api.WatcherCount == 1, "it is watched");

        _references.Set("a", []);
        Assert.Equal(1, _references.Count);
        _references.Set("b", []);

        Assert.Equal(0, _references.Count);
        await Eventually.TrueAsync(() => _api.WatcherCount == 0, "nothing is watched");
        Assert.Equal("1", await FindAsync());
    }

    [Fact]
    public async Task Watch_OfAnObjectThatNeverChanges_Ends()
    {
        var map = Map("1");
        map.Immutable = true;
        _api.Put(map);

        _references.Set("a", [Key]);

        Assert.Equal("1", await FindAsync());
        await Eventually.TrueAsync(() => _api.WatcherCount == 0, "it is not watched");
        Assert.Equal("1", await FindAsync());
        Assert.DoesNotContain(_api.Requests, r => r.Verb == ApiVerbs.Get);
    }

    [Fact]
    public async Task Find_WatchThatIsRefused_AsksByItselfAndSaysWhy()
    {
        _api.Refuse = r => r.Verb == ApiVerbs.List ? new ApiConnectionException("connection refused") : null;
        _api.Put(Map("1"));
        _references.Set("a", [Key]);

        var found = FindAsync();
        await Eventually.TrueAsync(() => found.IsCompleted, "it is read", () => _time.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal("1", await found);
    }

    private async Task<string?> FindAsync() => (await _references.FindAsync(Key, TestContext.Current.CancellationToken))?.Data?["value"];

    private List<string> Changed()
    {
        lock (_changed) return [.. _changed];
    }

    private static ConfigMap Map(string value) => new() { Metadata = new() { Namespace = Key.Namespace, Name = Key.Name }, Data = new() { ["value"] = value } };
}
