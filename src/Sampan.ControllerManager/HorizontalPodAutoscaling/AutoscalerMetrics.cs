using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>What autoscalers decide, how long it takes and why it fails, under upstream's names.</summary>
internal sealed class AutoscalerMetrics(MetricRegistry registry)
{
    private const string Prefix = "horizontal_pod_autoscaler_controller";
    private static readonly double[] Times = Buckets.From(0.001, 2, 15);
    private readonly Counter _reconciliations = registry.Counter($"{Prefix}_reconciliations_total", "Number of reconciliations, by what was done and what went wrong.", "action", "error");
    private readonly Histogram _reconciliationTimes = registry.Histogram($"{Prefix}_reconciliation_duration_seconds", "How long one reconciliation takes, in seconds.", Times, "action", "error");
    private readonly Counter _computations = registry.Counter($"{Prefix}_metric_computation_total", "Number of computations of one metric of an autoscaler.", "action", "error", "metric_type");
    private readonly Histogram _computationTimes = registry.Histogram($"{Prefix}_metric_computation_duration_seconds", "How long one metric takes, in seconds.", Times, "action", "error", "metric_type");
    private readonly Gauge _desired = registry.Gauge($"{Prefix}_desired_replicas", "Current desired replica count of each autoscaler.", "namespace", "hpa_name");

    /// <summary>Shows how many autoscalers there are.</summary>
    public void Observe(Func<int> count) => registry.Gauge($"{Prefix}_num_horizontal_pod_autoscalers", "Current number of controlled autoscalers.").With().Observe(() => count());

    /// <param name="change">By how many replicas the target is to grow.</param>
    /// <param name="failure">What went wrong, if anything did.</param>
    /// <param name="took">How long it took.</param>
    public void Reconciled(int change, Exception? failure, TimeSpan took)
    {
        var (action, error) = (ActionOf(change), ErrorOf(failure));
        _reconciliations.With(action, error).Increment();
        _reconciliationTimes.With(action, error).Observe(took.TotalSeconds);
    }

    /// <inheritdoc cref="Reconciled"/>
    /// <param name="type">The metric's, as the autoscaler has it: Resource.</param>
    public void Computed(string type, int change, Exception? failure, TimeSpan took)
    {
        var (action, error) = (ActionOf(change), ErrorOf(failure));
        _computations.With(action, error, type).Increment();
        _computationTimes.With(action, error, type).Observe(took.TotalSeconds);
    }

    public void Desires(ObjectKey autoscaler, int replicas) => _desired.With(autoscaler.Namespace, autoscaler.Name).Set(replicas);

    public void Forget(ObjectKey autoscaler) => _desired.Remove(autoscaler.Namespace, autoscaler.Name);

    private static string ActionOf(int change) => change switch { > 0 => "scale_up", < 0 => "scale_down", _ => "none" };

    private static string ErrorOf(Exception? failure) => failure switch { null => "none", MetricException { IsOfSpec: true } => "spec", _ => "internal" };
}
