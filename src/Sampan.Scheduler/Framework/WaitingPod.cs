using Sampan.Api;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Framework;

/// <summary>A placed pod that waits for a permit. Whoever holds it may decide from any thread; the first decision counts.</summary>
public sealed class WaitingPod(PodInfo pod, string node, TimeSpan timeout)
{
    private readonly TaskCompletionSource<PluginStatus> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PodInfo Pod => pod;
    public string Node => node;

    /// <summary>The plugin that makes it wait.</summary>
    internal string Plugin { get; set; } = "";

    public bool Allow() => _decision.TrySetResult(PluginStatus.Success);

    /// <summary>Says why the pod can't have the place; false when it was decided before.</summary>
    public bool Reject(string reason) => _decision.TrySetResult(PluginStatus.Unschedulable(reason));

    /// <summary>Takes the place for a more important pod: nothing is wrong with this one, so it is tried again soon.</summary>
    internal bool Preempt() => _decision.TrySetResult(PluginStatus.Error("preempted"));

    internal async Task<PluginStatus> WaitAsync(TimeProvider time, CancellationToken ct)
    {
        try
        {
            return await _decision.Task.WaitAsync(timeout, time, ct);
        }
        catch (TimeoutException)
        {
            Reject($"rejected due to timeout after waiting {new Duration(timeout)} at plugin {Plugin}");
            return await _decision.Task;
        }
    }
}
