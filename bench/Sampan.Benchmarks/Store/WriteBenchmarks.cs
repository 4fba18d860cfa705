using BenchmarkDotNet.Attributes;
using Sampan.Store;
using Sampan.Store.Embedded;

namespace Sampan.Benchmarks.Store;

/// <summary>Durable creates and updates of 1 KiB by writers that each wait for their acknowledgement. Budget: 4 KiB allocated a write.</summary>
public class WriteBenchmarks
{
    private const int Writes = 1600;

    private readonly byte[] _value = new byte[1024];
    private DirectoryInfo _directory = null!;
    private EmbeddedStore _store = null!;
    private int _round;

    [Params(1, 16)]
    public int Writers { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark(OperationsPerInvoke = Writes)]
    public Task Create()
    {
        var round = _round++;
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => WriteAsync($"/registry/configmaps/{round}/{w}-"))));
    }

    [Benchmark(OperationsPerInvoke = Writes)]
    public Task Update() => Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => RewriteAsync($"/registry/leases/{w}"))));

    private async Task WriteAsync(string prefix)
    {
        for (var i = 0; i < Writes / Writers; i++)
        {
            await _store.CommitAsync(Transaction.Create(prefix + i, _value), CancellationToken.None);
        }
    }

    private async Task RewriteAsync(string key)
    {
        for (var i = 0; i < Writes / Writers; i++)
        {
            await _store.CommitAsync(Transaction.Set(key, _value), CancellationToken.None);
        }
    }

    private async Task SetupAsync()
    {
        _directory = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"store-{Guid.NewGuid():n}"));
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory.FullName, "kv.db") });
    }

    private async Task CleanupAsync()
    {
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
