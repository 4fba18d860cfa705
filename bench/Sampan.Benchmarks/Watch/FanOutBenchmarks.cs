using BenchmarkDotNet.Attributes;
using Sampan.ApiServer.Watch;

namespace Sampan.Benchmarks.Watch;

/// <summary>1,000 writes that every watcher is told of, until the last has read the last. Time is per event and watcher. Budget: 64 B each.</summary>
public class FanOutBenchmarks
{
    private const int Events = 1000;

    private PodCache _pods = null!;
    private List<CacheWatcher> _watchers = null!;

    [Params(100, 1000)]
    public int Watchers { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark]
    public async Task Fan1000EventsOut()
    {
        var readers = _watchers.Select(watcher => Task.Run(() => ReadAsync(watcher))).ToList();
        await Task.WhenAll(Enumerable.Range(0, Events).Select(i => _pods.PutAsync(i, 100)));
        await Task.WhenAll(readers);
    }

    private static async Task ReadAsync(CacheWatcher watcher)
    {
        var bytes = 0L;
        for (var seen = 0; seen < Events;)
        {
            await watcher.WaitToReadAsync(CancellationToken.None);
            while (watcher.TryRead(out var item))
            {
                bytes += item.Object!.Json.Length;
                seen++;
            }
        }

        GC.KeepAlive(bytes);
    }

    private async Task SetupAsync()
    {
        _pods = await PodCache.StartAsync();
        _watchers = [.. Enumerable.Range(0, Watchers).Select(_ => _pods.Cache.Watch(new WatchOptions()))];
    }

    private async Task CleanupAsync() => await _pods.DisposeAsync();
}
