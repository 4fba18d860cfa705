using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Framework;

/// <summary>What a plugin that is more than a function may use.</summary>
public sealed record PluginContext
{
    public required ApiClient Client { get; init; }

    /// <summary>Started after all plugins are connected; what they ask for is waited for.</summary>
    public required InformerFactory Informers { get; init; }

    public required EventRecorder Events { get; init; }
    public required TimeProvider Time { get; init; }
    public required ILogger Log { get; init; }

    /// <summary>Runs an action on the scheduling loop, between two cycles. Subscriptions to informers come on other threads.</summary>
    public required Action<Action<SchedulerCache>> Post { get; init; }

    /// <summary>Tells the queue that something changed that refused pods may wait for; callable from any thread.</summary>
    public required Action<ClusterEvent> Move { get; init; }

    /// <summary>Brings a pod (uid) that waits to the front of the queue, whatever it waits for; callable from any thread.</summary>
    public required Action<string> Activate { get; init; }

    /// <summary>Asks the PreEnqueue plugins again about a pod (uid) that one of them holds back; callable from any thread.</summary>
    public required Action<string> Recheck { get; init; }

    /// <summary>Takes its place from a pod (uid) that is not bound yet, for a plugin (name); false when it can only be evicted. Callable from any thread.</summary>
    public required Func<string, string, bool> PreemptPending { get; init; }

    /// <summary>Null where nobody counts.</summary>
    internal SchedulerMetrics? Metrics { get; init; }

    public required CancellationToken Stopping { get; init; }
}
