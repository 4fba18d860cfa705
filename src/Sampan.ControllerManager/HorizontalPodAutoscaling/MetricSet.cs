using Sampan.Api.Autoscaling.V2;
using Sampan.Client.Events;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// All metrics of an autoscaler: the one that asks for most replicas wins. While some have no value, the others may only scale up.
/// </summary>
internal sealed class MetricSet(MetricEvaluator evaluator, EventRecorder events, TimeProvider time, AutoscalerMetrics metrics)
{
    /// <summary>Notes the present values too; a metric without one keeps its place among them.</summary>
    public async Task<(int Replicas, string Name)> ComputeAsync(
        HorizontalPodAutoscaler autoscaler, ScaleTarget target, CancellationToken cancellationToken)
    {
        var (specs, failures) = (autoscaler.Spec.Metrics.OrEmpty(), new List<MetricFailure>());
        var statuses = autoscaler.Status.CurrentMetrics = [];
        (int Replicas, string Name) best = (0, "");
        foreach (var spec in specs)
        {
            var started = time.GetTimestamp();
            try
            {
                var proposal = await evaluator.EvaluateAsync(autoscaler, target, spec, cancellationToken);
                metrics.Computed(spec.Type, proposal.Replicas - target.Scale.Spec.Replicas, null, time.GetElapsedTime(started));
                statuses.Add(proposal.Status);
                if (best.Name.Length == 0 || proposal.Replicas > best.Replicas) best = (proposal.Replicas, proposal.Name);
            }
            catch (MetricException e)
            {
                metrics.Computed(spec.Type, 0, e, time.GetElapsedTime(started));
                var failure = MetricFailure.Of(spec, e);
                failures.Add(failure);
                statuses.Add(new MetricStatus { Type = "" });
                events.Event(autoscaler, "Warning", failure.Reason, failure.Message);
            }
        }

        if (failures.Count > 0 && (failures.Count >= specs.Count || best.Replicas < target.Scale.Spec.Replicas)) throw Fail(autoscaler, failures[0], failures.Count, specs.Count);
        AutoscalerConditions.Set(
            autoscaler, AutoscalerConditions.ScalingActive, true, "ValidMetricFound",
            $"the HPA was able to successfully calculate a replica count from {best.Name}", time.GetUtcNow());
        return best;
    }

    private MetricException Fail(HorizontalPodAutoscaler autoscaler, MetricFailure first, int failed, int all)
    {
        AutoscalerConditions.Set(
            autoscaler, AutoscalerConditions.ScalingActive, false, first.Reason, $"the HPA was unable to compute the replica count: {first.Message}", time.GetUtcNow());
        var message = $"invalid metrics ({failed} invalid out of {all}), first error is: {first.Summary}";
        events.Event(autoscaler, "Warning", "FailedComputeMetricsReplicas", message);
        return new MetricException(message) { IsOfSpec = first.IsOfSpec };
    }
}
