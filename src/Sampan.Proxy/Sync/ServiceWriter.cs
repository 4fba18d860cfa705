using System.Diagnostics;
using Sampan.Client.Metrics;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Health;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Sync;

/// <summary>Compiles the Services that changed and writes their rules.</summary>
internal sealed class ServiceWriter(
    ServiceSource services, NodeSource node, ServiceCidrSource cidrs, RuleSync rules, HealthCheckNodePorts health, DirtyKeys<ServiceKey> dirty,
    PendingChanges pending, LocalCounts localCounts, ProxyMetrics metrics)
    : IRuleWriter
{
    private CompileOptions? _options;

    public bool HasLeftovers => rules.HasLeftovers;

    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => dirty.WaitAsync(atMost, cancellationToken);

    public void Wake() => dirty.Wake();

    public Task WaitForSyncAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(services.WaitForSyncAsync(cancellationToken), node.WaitForSyncAsync(cancellationToken), cidrs.WaitForSyncAsync(cancellationToken));

    public Task CheckAsync(CancellationToken cancellationToken) => rules.CheckAsync(cancellationToken);

    public void Invalidate() => rules.Invalidate();

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        pending.BeginWriting();
        var options = node.Current with { ServiceCidrs = cidrs.Current };
        var keys = dirty.Take();
        long start = Stopwatch.GetTimestamp();
        if (rules.NeedsReplacement || _options is null || !NodeSource.Same(_options, options))
        {
            var all = services.CompileAll(options);
            await rules.ReplaceAsync(options, all, cancellationToken);
            health.Replace(all);
            localCounts.Replace(all);
            Observe(metrics.Full, start);
        }
        else if (keys.Count > 0)
        {
            var changes = services.Compile(keys, options);
            await rules.ChangeAsync(changes, cancellationToken);
            health.Change(changes);
            localCounts.Change(changes);
            Observe(metrics.Partial, start);
        }
        else if (rules.HasLeftovers)
        {
            await rules.ChangeAsync([], cancellationToken);
        }

        _options = options;
        pending.Written();
    }

    private static void Observe(IReadOnlyList<HistogramValue> histograms, long start)
    {
        foreach (var series in histograms) series.Observe(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
