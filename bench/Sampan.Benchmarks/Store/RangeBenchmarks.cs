using BenchmarkDotNet.Attributes;
using Sampan.Store;
using Sampan.Store.Embedded;

namespace Sampan.Benchmarks.Store;

/// <summary>Reads of 5,000 objects of 4 KiB in the file.</summary>
public class RangeBenchmarks
{
    private const int Objects = 5000;

    private DirectoryInfo _directory = null!;
    private EmbeddedStore _store = null!;

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark]
    public async Task<int> Range5000() => (await _store.RangeAsync("/registry/pods/", default, CancellationToken.None)).Items.Count;

    [Benchmark]
    public async Task<long> Count5000() =>
        (await _store.RangeAsync("/registry/pods/", new RangeOptions { CountOnly = true }, CancellationToken.None)).Count;

    [Benchmark]
    public async Task<long> Get() => (await _store.GetAsync("/registry/pods/default/pod-02500", CancellationToken.None))!.ModRevision;

    private async Task SetupAsync()
    {
        _directory = Directory.CreateTempSubdirectory("sampan-range-");
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_directory.FullName, "kv.db"), Durable = false });
        var writes = Enumerable.Range(0, Objects).Select(i => _store.CommitAsync(
            Transaction.Set($"/registry/pods/default/pod-{i:d5}", new byte[4096]), CancellationToken.None).AsTask());
        await Task.WhenAll(writes);
    }

    private async Task CleanupAsync()
    {
        await _store.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
