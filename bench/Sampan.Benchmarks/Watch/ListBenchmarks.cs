using BenchmarkDotNet.Attributes;
using Sampan.Api.Selectors;
using Sampan.ApiServer.Watch;

namespace Sampan.Benchmarks.Watch;

/// <summary>A LIST of 5,000 pods as the HTTP layer does it, into a stream that drops the bytes. Budget: 1 KiB a list.</summary>
public class ListBenchmarks
{
    private const int Pods = 5000;

    private readonly ObjectFilter _oneNode = new() { Fields = FieldSelector.Parse("spec.nodeName=node-7") };
    private readonly ObjectFilter _label = new() { Labels = Selector.Parse("app=web,pod-template-hash notin (x)") };
    private PodCache _pods = null!;

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    [Benchmark]
    public long All() => Write(ObjectFilter.Everything);

    [Benchmark]
    public long OfOneNode() => Write(_oneNode);

    [Benchmark]
    public long ByLabel() => Write(_label);

    [Benchmark]
    public object? Get() => _pods.Cache.Find("default", "pod-02500");

    private long Write(ObjectFilter filter)
    {
        var bytes = 0L;
        foreach (var item in _pods.Cache.Snapshot().Items())
        {
            if (filter.Matches(item, _pods.Cache.Selectable))
            {
                Stream.Null.Write(item.JsonAfterType.Span);
                bytes += item.JsonAfterType.Length;
            }
        }

        return bytes;
    }

    private async Task SetupAsync()
    {
        _pods = await PodCache.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, Pods).Select(i => _pods.PutAsync(i, 100)));
    }

    private async Task CleanupAsync() => await _pods.DisposeAsync();
}
