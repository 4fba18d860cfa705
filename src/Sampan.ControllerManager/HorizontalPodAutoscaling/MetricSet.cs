using Sampan.Api.Autoscaling.V2;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// All metrics of an autoscaler: the one that asks for most replicas wins. While some have no value, the others may only scale up.
/// </summary>
internal sealed class MetricSet(MetricEvaluator evaluator, EventRecorder events, TimeProvider time)
{
    public async Task<(int Replicas, string Name)> ComputeAsync(
        HorizontalPodAutoscaler autoscaler, ScaleTarget target, CancellationToken cancellationToken)
    {
        var (specs, statuses) = (autoscaler.Spec.Metrics.OrEmpty(), new List<MetricStatus>());
        (int Replicas, string Name) best = (0, "");
        (string Reason, string Message)? failure = null;
        var failed = 0;
        foreach (var spec in specs)
        {
            try
            {
                var proposal = await evaluator.EvaluateAsync(autoscaler, target, spec, cancellationToken);
                statuses.Add(proposal.Status);
                if (best.Name.Length == 0 || proposal.Replicas > best.Replicas) best = (proposal.Replicas, proposal.Name);
            }
            catch (MetricException e)
            {
                failed++;
                var (reason, message) = ($"FailedGet{spec.Type}Metric", $"failed to get {Describe(spec)}: {e.Message}");
                failure ??= (reason, message);
                events.Event(autoscaler, "Warning", reason, message);
            }
        }

        if (failure is { } first && (failed >= specs.Count || best.Replicas < target.Scale.Spec.Replicas)) throw Fail(autoscaler, first, failed, specs.Count);
        autoscaler.Status.CurrentMetrics = statuses;
        AutoscalerConditions.Set(
            autoscaler, AutoscalerConditions.ScalingActive, true, "ValidMetricFound",
            $"the HPA was able to successfully calculate a replica count from {best.Name}", time.GetUtcNow());
        return best;
    }

    private MetricException Fail(HorizontalPodAutoscaler autoscaler, (string Reason, string Message) first, int failed, int all)
    {
        AutoscalerConditions.Set(
            autoscaler, AutoscalerConditions.ScalingActive, false, first.Reason, $"the HPA was unable to compute the replica count: {first.Message}", time.GetUtcNow());
        var message = $"invalid metrics ({failed} invalid out of {all}), first error is: {first.Message}";
        events.Event(autoscaler, "Warning", "FailedComputeMetricsReplicas", message);
        return new MetricException(message);
    }

    private static string Describe(MetricSpec spec) => spec switch
    {
        { Resource: { } r } when r.Target.AverageValue is null => $"{r.Name} utilization",
        { Resource: { } r } => $"{r.Name} usage",
        { ContainerResource: { } c } when c.Target.AverageValue is null => $"{c.Name} utilization",
        { ContainerResource: { } c } => $"{c.Name} usage",
        { Pods: not null } => "pods metric value",
        { Object: not null } => "object metric value",
        { External: { } e } => $"{e.Metric.Name} external metric",
        _ => "metric",
    };
}
