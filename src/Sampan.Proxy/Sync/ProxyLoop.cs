using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Health;

namespace Sampan.Proxy.Sync;

/// <summary>Waits for changes, compiles the Services concerned and writes the rules; tries again, slower and slower, after failures.</summary>
internal sealed class ProxyLoop(
    ServiceSource services, NodeSource node, RuleSync rules, HealthCheckNodePorts health, DirtyServices dirty, ProxyMetrics metrics,
    TimeProvider time, ILogger log)
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CompileOptions? _options;
    private TimeSpan _retry = FirstRetry;

    /// <summary>Completes when the rules of all Services are in force for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>What the last attempt failed with; null when the rules are as they should be.</summary>
    public string? Problem { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await services.WaitForSyncAsync(cancellationToken);
        dirty.Wake();
        while (!cancellationToken.IsCancellationRequested)
        {
            bool changed = await dirty.WaitAsync(CheckInterval, cancellationToken);
            if (await TrySyncAsync(changed, cancellationToken)) continue;
            await Task.Delay(_retry, time, cancellationToken);
            _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
            dirty.Wake();
        }
    }

    private async Task<bool> TrySyncAsync(bool changed, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (!changed) await rules.CheckAsync(cancellationToken);
            await SyncAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Problem = e.Message;
            rules.Invalidate();
            metrics.Failures.Increment();
            log.LogError(e, "Writing the rules of Services failed; next attempt in {Delay}", _retry);
            return false;
        }

        Problem = null;
        _retry = FirstRetry;
        if (changed) metrics.Duration.Observe(Stopwatch.GetElapsedTime(start).TotalSeconds);
        _ready.TrySetResult();
        return true;
    }

    private async Task SyncAsync(CancellationToken cancellationToken)
    {
        var options = node.Current;
        var keys = dirty.Take();
        if (rules.NeedsReplacement || _options is null || !NodeSource.Same(_options, options))
        {
            var all = services.CompileAll(options);
            await rules.ReplaceAsync(options, all, cancellationToken);
            health.Replace(all);
            metrics.FullSyncs.Increment();
        }
        else if (keys.Count > 0)
        {
            var changes = services.Compile(keys, options);
            await rules.ChangeAsync(changes, cancellationToken);
            health.Change(changes);
        }

        _options = options;
    }
}
