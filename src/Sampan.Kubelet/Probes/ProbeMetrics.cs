using Sampan.Client.Metrics;

namespace Sampan.Kubelet.Probes;

/// <summary>Counts what probes find, for <c>/metrics/probes</c>; the numbers go with their container's pod.</summary>
internal sealed class ProbeMetrics(MetricRegistry registry)
{
    private static readonly string[] Results = ["successful", "failed"];

    private readonly Counter _probes = registry.Counter(
        "prober_probe_total",
        "[BETA] Cumulative number of a liveness, readiness or startup probe for a container by result.",
        "container", "namespace", "pod", "pod_uid", "probe_type", "result");

    public void Count(ProbeTarget target, bool isSuccess) => _probes.With(Labels(target, Results[isSuccess ? 0 : 1])).Increment();

    public void Forget(ProbeTarget target)
    {
        foreach (var result in Results)
        {
            _probes.Remove(Labels(target, result));
        }
    }

    private static string[] Labels(ProbeTarget target, string result) =>
        [target.Container.Name, target.Pod.Metadata.Namespace, target.Pod.Metadata.Name, target.Pod.Metadata.Uid, target.Kind.ToString(), result];
}
