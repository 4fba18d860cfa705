using Sampan.Api;
using Sampan.Client.Metrics;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>Upstream's names and labels of what happens beside the loop, where only an API server makes it happen.</summary>
public sealed class SchedulerMetricsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, Action<SchedulerMetrics>> Happenings = new()
    {
        ["""scheduler_resourceclaim_creates_total{status="success"} 1"""] = metrics => metrics.ClaimCreated(true),
        ["""scheduler_resourceclaim_creates_total{status="failure"} 1"""] = metrics => metrics.ClaimCreated(false),
        ["""scheduler_dra_bindingconditions_allocations_total{driver="d",profile="p",status="timeout"} 1"""] = metrics => metrics.Prepared("d", "p", "timeout", Second),
        ["""scheduler_dra_bindingconditions_wait_duration_seconds_count{driver="d",profile="p",status="success"} 1"""] = metrics => metrics.Prepared("d", "p", "success", Second),
        ["""scheduler_volume_scheduling_stage_error_total{operation="bind"} 1"""] = metrics => metrics.VolumesFailed("bind"),
        ["""scheduler_preemption_goroutines_execution_total{result="success"} 1"""] = metrics => metrics.Evicted(true, Second),
        ["""scheduler_preemption_goroutines_duration_seconds_count{result="error"} 1"""] = metrics => metrics.Evicted(false, Second),
        ["""scheduler_permit_wait_duration_seconds_count{result="Success"} 1"""] = metrics => metrics.PermitWaited(Code.Success, Second),
        ["scheduler_pod_scheduled_after_flush_total 1"] = metrics => metrics.ScheduledAfterFlush(),
        ["""scheduler_preemption_victims_bucket{le="2"} 1"""] = metrics => metrics.Preempted(2),
        // Every bound of upstream's is one of ours.
        ["""scheduler_scheduling_attempt_duration_seconds_bucket{profile="p",result="scheduled",le="0.001"} 1"""] = metrics => metrics.Attempt("scheduled", "p", TimeSpan.FromMilliseconds(1)),
        ["""scheduler_scheduling_attempt_duration_seconds_bucket{profile="p",result="scheduled",le="16.384"} 1"""] = metrics => metrics.Attempt("scheduled", "p", TimeSpan.FromSeconds(16)),
    };

    public static TheoryData<string> Lines => [.. Happenings.Keys];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Happening_IsCountedUnderUpstreamsName(string line)
    {
        var registry = new MetricRegistry();
        Happenings[line](new SchedulerMetrics(registry, TimeProvider.System));
        Assert.Contains(line, registry.Render().Split('\n'));
    }

    [Fact]
    public void Resources_OfPodsThatHaveNotEnded_HaveTheirUnits()
    {
        var pod = Make.Pod("a", cpu: "250m", memory: "1Mi", node: "n", with: p => (p.Spec.Priority, p.Spec.Containers[0].Resources.Limits) = (7, new() { ["example.com/gpu"] = Quantity.Parse("2") }));
        var ended = Make.Pod("b", cpu: "1", with: p => p.Status.Phase = "Succeeded");
        var lines = PodResourceMetrics.Render([pod, ended]).Split('\n').Where(line => line.StartsWith("kube", StringComparison.Ordinal));
        const string labels = """namespace="default",node="n",pod="a",priority="7",resource=""";
        Assert.Equal(
            [
                $$"""kube_pod_resource_limit{{{labels}}"example.com/gpu",scheduler="default-scheduler",unit="integer"} 2""",
                $$"""kube_pod_resource_request{{{labels}}"cpu",scheduler="default-scheduler",unit="cores"} 0.25""",
                $$"""kube_pod_resource_request{{{labels}}"memory",scheduler="default-scheduler",unit="bytes"} 1048576""",
            ],
            lines);
    }
}
