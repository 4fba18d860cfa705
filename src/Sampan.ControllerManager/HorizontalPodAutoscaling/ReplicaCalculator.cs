using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>
/// How many replicas bring a metric to its target: the present number times the ratio of usage to target. Pods without a sample count as
/// full when that would shrink the number and as empty when it would grow it, so that ignorance never moves it further.
/// Upstream: pkg/controller/podautoscaler/replica_calculator.go.
/// </summary>
internal sealed class ReplicaCalculator(AutoscalerOptions options, TimeProvider time)
{
    /// <summary>Usage as a share of what the pods ask for.</summary>
    public (int Replicas, int Utilization, double Average) ByUtilization(
        int current, int target, string resource, string container, List<Pod> pods, Dictionary<string, PodMetric> metrics, Tolerances tolerances)
    {
        var groups = Group(pods, metrics, resource == "cpu");
        var requests = PodRequests.Of(pods, resource, container);
        var first = Utilization(metrics, requests, target);
        var replicas = Replicas(
            current, first.Ratio, groups, metrics, tolerances, name => requests[name] * Math.Max(100, target) / 100.0, m => Utilization(m, requests, target).Ratio);
        return (replicas, first.Utilization, first.Average);
    }

    /// <summary>Usage per pod.</summary>
    public (int Replicas, double Average) ByAverage(
        int current, double target, bool isCpu, List<Pod> pods, Dictionary<string, PodMetric> metrics, Tolerances tolerances)
    {
        var groups = Group(pods, metrics, isCpu);
        var average = Average(metrics);
        return (Replicas(current, average / target, groups, metrics, tolerances, _ => target, m => Average(m) / target), average);
    }

    /// <summary>Of a metric that the pods share.</summary>
    public static int ByValue(int current, double ratio, List<Pod> pods, Tolerances tolerances)
    {
        if (tolerances.Cover(ratio)) return current;
        if (pods.Count == 0) throw new MetricException("unable to calculate ready pods: no pods returned by selector while calculating replica count");
        return (int)Math.Ceiling(ratio * pods.Count(p => p.Status.Phase == "Running" && p.IsReady()));
    }

    /// <summary>Of a metric that is divided by the number of pods.</summary>
    public static int ByShare(int statusReplicas, double usage, double target, Tolerances tolerances) =>
        statusReplicas > 0 && tolerances.Cover(usage / (target * statusReplicas)) ? statusReplicas : (int)Math.Ceiling(usage / target);

    /// <summary>In whole thousandths.</summary>
    private static double Average(Dictionary<string, PodMetric> metrics) => Math.Floor(metrics.Values.Average(m => m.Value));

    private PodGroups Group(List<Pod> pods, Dictionary<string, PodMetric> metrics, bool isCpu)
    {
        if (pods.Count == 0) throw new MetricException("no pods returned by selector while calculating replica count");
        var groups = PodGroups.Of(pods, metrics, isCpu, options, time.GetUtcNow());
        foreach (var name in groups.Ignored.Concat(groups.Unready)) metrics.Remove(name);
        return metrics.Count > 0 ? groups : throw new MetricException("did not receive metrics for targeted pods (pods might be unready)");
    }

    private static int Replicas(
        int current, double ratio, PodGroups groups, Dictionary<string, PodMetric> metrics, Tolerances tolerances,
        Func<string, double> full, Func<Dictionary<string, PodMetric>, double> ratioOf)
    {
        var addsUnready = groups.Unready.Count > 0 && ratio > 1;
        if (!addsUnready && groups.Missing.Count == 0)
            return tolerances.Cover(ratio) ? current : (int)Math.Ceiling(ratio * groups.Ready);

        foreach (var name in groups.Missing)
        {
            if (ratio < 1) metrics[name] = new(full(name), default, default);
            else if (ratio > 1) metrics[name] = default;
        }

        if (addsUnready)
            foreach (var name in groups.Unready) metrics[name] = default;
        var careful = ratioOf(metrics);
        if (tolerances.Cover(careful) || (ratio < 1 && careful > 1) || (ratio > 1 && careful < 1)) return current;
        var replicas = (int)Math.Ceiling(careful * metrics.Count);
        return (careful < 1 && replicas > current) || (careful > 1 && replicas < current) ? current : replicas;
    }

    private static (double Ratio, int Utilization, double Average) Utilization(
        Dictionary<string, PodMetric> metrics, Dictionary<string, double> requests, int target)
    {
        double used = 0, asked = 0;
        var count = 0;
        foreach (var (name, metric) in metrics)
        {
            if (!requests.TryGetValue(name, out var request)) continue;
            (used, asked, count) = (used + metric.Value, asked + request, count + 1);
        }

        if (asked == 0) throw new MetricException("no metrics returned matched known pods");
        var utilization = (int)(used * 100 / asked);
        return (utilization / (double)target, utilization, Math.Floor(used / count));
    }
}
