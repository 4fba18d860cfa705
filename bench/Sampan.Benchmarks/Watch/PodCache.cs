using Sampan.Api.Codec;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Watch;
using Sampan.Store;
using Sampan.Store.Embedded;

namespace Sampan.Benchmarks.Watch;

/// <summary>A cache of pods over an embedded store.</summary>
internal sealed class PodCache : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly StoreFeed _feed;
    private readonly EmbeddedStore _store;

    private PodCache(DirectoryInfo directory, EmbeddedStore store)
    {
        (_directory, _store) = (directory, store);
        _feed = new StoreFeed(store, TimeProvider.System);
        var options = new ResourceCacheOptions(Pod.Info, "/registry/pods/")
        {
            Selectable = new SelectableFields(["spec.nodeName"], o => [((Pod)o).Spec?.NodeName ?? ""]),
            WatcherQueue = 1 << 20,
        };
        Cache = new ResourceCache(options, _feed, store);
    }

    public ResourceCache Cache { get; }

    public static async Task<PodCache> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("sampan-cache-");
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory.FullName, "kv.db"), Durable = false });
        var pods = new PodCache(directory, store);
        await pods.Cache.LoadAsync(CancellationToken.None);
        return pods;
    }

    public Task PutAsync(int number, int nodes)
    {
        var pod = NewPod($"pod-{number:d5}", $"node-{number % nodes}");
        var transaction = Transaction.Set(Cache.KeyOf("default", pod.Metadata.Name), JsonCodec.Encode(pod), 0, pod);
        return _store.CommitAsync(transaction, CancellationToken.None).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A pod of about 4 KiB of JSON, as a running one is.</summary>
    private static Pod NewPod(string name, string node) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = "default",
            Uid = Guid.NewGuid().ToString(),
            Labels = new() { ["app"] = "web", ["pod-template-hash"] = "5d4f8c7b9" },
            Annotations = new() { ["note"] = new string('x', 2500) },
        },
        Spec = new PodSpec
        {
            NodeName = node,
            Containers = [new Container { Name = "web", Image = "nginx:1.29", Command = ["nginx", "-g", "daemon off;"] }],
        },
        Status = new PodStatus { Phase = "Running", PodIP = "10.244.0.7" },
    };
}
