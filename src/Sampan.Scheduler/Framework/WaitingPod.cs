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

    public void Allow() => _decision.TrySetResult(PluginStatus.Success);

    public void Reject(string reason) => _decision.TrySetResult(Refusal(reason));

    internal async Task<PluginStatus> WaitAsync(TimeProvider time, CancellationToken ct)
    {
        try
        {
            return await _decision.Task.WaitAsync(timeout, time, ct);
        }
        catch (TimeoutException)
        {
            return Refusal("timed out");
        }
    }

    private PluginStatus Refusal(string reason) => PluginStatus.Unschedulable($"pod {pod.Key.Name} rejected while waiting on permit: {reason}");
}
