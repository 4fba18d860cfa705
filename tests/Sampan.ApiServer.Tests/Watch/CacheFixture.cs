using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;
using Sampan.Store;
using Sampan.Store.Embedded;

namespace Sampan.ApiServer.Tests.Watch;

/// <summary>An embedded store with a feed and a cache of pods.</summary>
internal sealed class CacheFixture : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sampan-cache-");

    public FakeTimeProvider Time { get; } = new();

    public IStore Store { get; private set; } = null!;

    public StoreFeed Feed { get; private set; } = null!;

    public ResourceCache Pods { get; private set; } = null!;

    public static ResourceCacheOptions PodOptions { get; } = new(Pod.Info, "/registry/pods/")
    {
        Selectable = new SelectableFields(["spec.nodeName", "status.phase"], o => [((Pod)o).Spec?.NodeName ?? "", ((Pod)o).Status?.Phase ?? ""]),
    };

    public static async Task<CacheFixture> StartAsync(ResourceCacheOptions? options = null, Func<IStore, Task>? before = null)
    {
        var fixture = new CacheFixture();
        fixture.Store = await EmbeddedStore.OpenAsync(
            new EmbeddedStoreOptions { Path = Path.Combine(fixture._directory.FullName, "kv.db"), Durable = false, Time = fixture.Time });
        await (before?.Invoke(fixture.Store) ?? Task.CompletedTask);
        fixture.Feed = new StoreFeed(fixture.Store, fixture.Time);
        fixture.Pods = new ResourceCache(options ?? PodOptions, fixture.Feed, fixture.Store);
        await fixture.Pods.LoadAsync(CancellationToken.None);
        return fixture;
    }

    public static Pod NewPod(string ns, string name, string node = "", params (string Key, string Value)[] labels) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = ns,
            Name = name,
            Labels = labels.Length == 0 ? null : labels.ToDictionary(l => l.Key, l => l.Value),
        },
        Spec = new PodSpec { NodeName = node },
    };

    public async Task<long> PutAsync(Pod pod, bool companion = true)
    {
        var key = $"/registry/pods/{pod.Metadata.Namespace}/{pod.Metadata.Name}";
        var result = await Store.CommitAsync(Transaction.Set(key, JsonCodec.Encode(pod), 0, companion ? pod : null), CancellationToken.None);
        return result.Revision;
    }

    public Task<long> PutAsync(string ns, string name, string node = "", params (string Key, string Value)[] labels) =>
        PutAsync(NewPod(ns, name, node, labels));

    public async Task<long> DeleteAsync(string ns, string name)
    {
        var result = await Store.CommitAsync(new Transaction([], [new Delete($"/registry/pods/{ns}/{name}")]), CancellationToken.None);
        return result.Revision;
    }

    /// <summary>What the watcher has at the moment, as "ADDED name@revision" lines.</summary>
    public static List<string> Read(CacheWatcher watcher)
    {
        var lines = new List<string>();
        while (watcher.TryRead(out var item))
        {
            Assert.Equal(item.Revision, item.Object?.Revision ?? item.Revision);
            lines.Add(item.Object is null ? $"{item.Type} {item.Revision}" : $"{item.Type} {item.Object.Name}@{item.Revision}");
        }

        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        Feed.Dispose();
        await Store.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
