using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Stats;

/// <summary>Pods that want other resources while they run, under upstream's names (pkg/kubelet/metrics).</summary>
internal sealed class ResizeMetrics
{
    public const string PodResized = "pod_resized";
    public const string PodsRemoved = "pods_removed";
    private static readonly string[] Resources = [PodResources.Cpu, PodResources.Memory];

    /// <summary>Ten milliseconds, doubled seventeen times.</summary>
    private static readonly double[] Milliseconds = [.. Enumerable.Range(0, 18).Select(i => 10 * Math.Pow(2, i))];
    private readonly Counter _requested;
    private readonly Counter _infeasible;
    private readonly Counter _acceptedLater;
    private readonly Histogram _durations;

    public ResizeMetrics(MetricRegistry registry)
    {
        _requested = registry.Counter("kubelet_container_requested_resizes_total", "[ALPHA] Resizes that were asked for, by container, resource, whether of the request or of the limit, and direction.", "operation", "requirement", "resource");
        _infeasible = registry.Counter("kubelet_pod_infeasible_resizes_total", "[ALPHA] Resizes that this node can never grant, by reason.", "reason_detail");
        _acceptedLater = registry.Counter("kubelet_pod_deferred_accepted_resizes_total", "[ALPHA] Resizes that were granted after they had to wait, by what made room.", "retry_trigger");
        _durations = registry.Histogram("kubelet_pod_resize_duration_milliseconds", "[ALPHA] Milliseconds from granting other resources to their being in force.", Milliseconds, "success");
    }

    /// <summary>Compares a pod with what it was before, container by container.</summary>
    public void Requested(Pod before, Pod now)
    {
        if (ReferenceEquals(before, now) || before.Metadata.Generation == now.Metadata.Generation)
        {
            return;
        }

        foreach (var container in now.Spec.Containers.Concat(now.Sidecars()))
        {
            if (before.FindContainer(container.Name) is { } old)
            {
                Requested("requests", old.Resources.Requests, container.Resources.Requests);
                Requested("limits", old.Resources.Limits, container.Resources.Limits);
            }
        }
    }

    public void Infeasible(string detail) => _infeasible.With(detail).Increment();

    public void AcceptedLater(string trigger) => _acceptedLater.With(trigger).Increment();

    /// <summary>What was granted is in force, or the runtime did not take it.</summary>
    public void Actuated(TimeSpan took, bool isDone) => _durations.With(isDone ? "true" : "false").Observe((long)took.TotalMilliseconds);

    private void Requested(string requirement, Dictionary<string, Quantity>? before, Dictionary<string, Quantity>? now)
    {
        foreach (var resource in Resources)
        {
            if (Operation(PodResources.Value(before, resource), PodResources.Value(now, resource)) is { } operation)
            {
                _requested.With(operation, requirement, resource).Increment();
            }
        }
    }

    private static string? Operation(Quantity before, Quantity now) =>
        before == now ? null : before.IsZero ? "add" : now.IsZero ? "remove" : now > before ? "increase" : "decrease";
}
