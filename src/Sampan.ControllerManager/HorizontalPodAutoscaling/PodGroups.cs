using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// The pods of a target by what their samples are worth: counted; unready, whose samples say nothing yet; missing, without a sample;
/// ignored, since they are on their way out.
/// </summary>
internal sealed class PodGroups
{
    public int Ready { get; private set; }

    public HashSet<string> Unready { get; } = [];

    public HashSet<string> Missing { get; } = [];

    public HashSet<string> Ignored { get; } = [];

    public static PodGroups Of(
        IEnumerable<Pod> pods, Dictionary<string, PodMetric> metrics, bool isCpu, AutoscalerOptions options, DateTimeOffset now)
    {
        var groups = new PodGroups();
        foreach (var pod in pods)
        {
            if (pod.Metadata.DeletionTimestamp is not null || pod.IsTerminal()) groups.Ignored.Add(pod.Metadata.Name);
            else if (pod.Status.Phase == "Pending") groups.Unready.Add(pod.Metadata.Name);
            else if (!metrics.TryGetValue(pod.Metadata.Name, out var metric)) groups.Missing.Add(pod.Metadata.Name);
            else if (isCpu && IsStarting(pod, metric, options, now)) groups.Unready.Add(pod.Metadata.Name);
            else groups.Ready++;
        }

        return groups;
    }

    /// <summary>The CPU that a pod takes to start says nothing of its load.</summary>
    private static bool IsStarting(Pod pod, PodMetric metric, AutoscalerOptions options, DateTimeOffset now)
    {
        if (pod.Condition("Ready") is not { } ready || pod.Status.StartTime is not { } started) return true;
        var changed = ready.LastTransitionTime?.Value ?? default;
        return started.Value + options.CpuInitializationPeriod > now
            ? ready.Status == "False" || metric.Timestamp < changed + metric.Window
            : ready.Status == "False" && started.Value + options.InitialReadinessDelay > changed;
    }
}
