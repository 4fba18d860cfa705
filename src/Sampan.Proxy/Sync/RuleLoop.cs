using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Sampan.Proxy.Sync;

/// <summary>
/// Waits for changes and has them written; tries again, slower and slower, after failures. Looks at the tables when nothing has
/// changed for a while.
/// </summary>
internal sealed class RuleLoop(IRuleWriter writer, RuleMetrics metrics, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeftoversStay = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _retry = FirstRetry;

    /// <summary>Completes when all rules are in force for the first time.</summary>
    public Task Ready => _ready.Task;

    /// <summary>After how long without a change the tables are looked at.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait between two changes.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What the last attempt failed with; null when the rules are as they should be.</summary>
    public string? Problem { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await writer.WaitForSyncAsync(cancellationToken);
        writer.Wake();
        while (!cancellationToken.IsCancellationRequested)
        {
            bool changed = await writer.WaitAsync(writer.HasLeftovers ? LeftoversStay : CheckInterval, cancellationToken);
            if (await TryWriteAsync(changed, cancellationToken))
            {
                if (changed && Pause > TimeSpan.Zero) await Task.Delay(Pause, time, cancellationToken);
                continue;
            }

            await Task.Delay(_retry, time, cancellationToken);
            _retry = _retry * 2 > LastRetry ? LastRetry : _retry * 2;
            writer.Wake();
        }
    }

    private async Task<bool> TryWriteAsync(bool changed, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            if (!changed) await writer.CheckAsync(cancellationToken);
            await writer.WriteAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Problem = e.Message;
            writer.Invalidate();
            metrics.Failed();
            log.LogError(e, "Writing the rules failed; next attempt in {Delay}", _retry);
            return false;
        }

        Problem = null;
        _retry = FirstRetry;
        if (changed) metrics.Written(Stopwatch.GetElapsedTime(start));
        metrics.SeenRight(time.GetUtcNow());
        _ready.TrySetResult();
        return true;
    }
}
