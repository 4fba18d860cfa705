using Sampan.Api.Batch.V1;

namespace Sampan.ControllerManager.Tests.Jobs;

/// <summary>What a Job's life adds to the metrics, and that nothing is counted twice.</summary>
public sealed class JobMetricsTests : JobTests
{
    [Fact]
    public async Task Metrics_JobThatFailsOnceAndCompletes_CountEachThingOnce()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism) = (2, 1));
        var failed = false;
        await UntilAsync(
            () =>
            {
                if (Running is not [{ } pod, ..]) return IsTrue("Complete");
                End(pod, failed ? "Succeeded" : "Failed");
                failed = true;
                return false;
            },
            "complete",
            TimeSpan.FromSeconds(1));
        await Harness.SettleAsync();
        await ShowsAsync("job_controller_job_pods_finished_total{completion_mode=\"NonIndexed\",result=\"succeeded\"} 2");
        await ShowsAsync("job_controller_job_pods_finished_total{completion_mode=\"NonIndexed\",result=\"failed\"} 1");
        await ShowsAsync("job_controller_jobs_finished_total{completion_mode=\"NonIndexed\",result=\"succeeded\",reason=\"CompletionsReached\"} 1");
        await ShowsAsync("job_controller_job_pods_creation_total{reason=\"new\",status=\"succeeded\"} 1");
        await ShowsAsync("job_controller_job_pods_creation_total{reason=\"recreate_terminating_or_failed\",status=\"succeeded\"} 2");
        await ShowsAsync("job_controller_terminated_pods_tracking_finalizer_total{event=\"add\"} 3");
        await ShowsAsync("job_controller_terminated_pods_tracking_finalizer_total{event=\"delete\"} 3");
        await ShowsAsync("job_controller_job_syncs_total{completion_mode=\"NonIndexed\",result=\"success\",action=\"pods_created\"} 3");
    }

    [Fact]
    public async Task Metrics_IndexesAndAFailurePolicy_AreCounted()
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode, j.Spec.BackoffLimit, j.Spec.BackoffLimitPerIndex) = (2, 2, "Indexed", null, 0);
            j.Spec.PodFailurePolicy = new() { Rules = [new() { Action = "Count", OnPodConditions = [new() { Type = "Broken", Status = "True" }] }] };
        });
        await UntilAsync(() => Running.Count == 2, "both run");
        End(Running.Single(p => p.Metadata.Labels!["batch.kubernetes.io/job-completion-index"] == "0"), "Succeeded");
        End(Running.Single(p => p.Metadata.Labels!["batch.kubernetes.io/job-completion-index"] == "1"), "Failed", p => p.Status.Conditions = [new() { Type = "Broken", Status = "True" }]);
        await UntilAsync(() => IsTrue("Failed"), "failed", TimeSpan.FromSeconds(1));
        await Harness.SettleAsync();
        await ShowsAsync("job_controller_job_finished_indexes_total{status=\"succeeded\",backoffLimit=\"perIndex\"} 1");
        await ShowsAsync("job_controller_job_finished_indexes_total{status=\"failed\",backoffLimit=\"perIndex\"} 1");
        await ShowsAsync("job_controller_pod_failures_handled_by_failure_policy_total{action=\"Count\"} 1");
        await ShowsAsync("job_controller_jobs_finished_total{completion_mode=\"Indexed\",result=\"failed\",reason=\"FailedIndexes\"} 1");
    }

    [Fact]
    public async Task Metrics_JobOfAnotherController_IsNamed()
    {
        await StartAsync(j => j.Spec.ManagedBy = "example.com/controller");
        await Harness.SettleAsync();
        await ShowsAsync("job_controller_jobs_by_external_controller_total{controller_name=\"example.com/controller\"} 1");
        Assert.Empty(Api.List<Sampan.Api.Core.V1.Pod>());
    }

    private Task ShowsAsync(string line) => Harness.UntilAsync(() => Harness.Context.Metrics.Render().Contains(line + "\n", StringComparison.Ordinal), line);
}
