using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.Tests.Jobs;

/// <summary>What becomes of pods that a Job stops itself: too many, suspended, needless after a success, pointless after a failure.</summary>
public sealed class JobEndTests : JobTests
{
    [Fact]
    public async Task Suspended_PodsGo_AndNoneCountsAsFailed()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism, j.Spec.BackoffLimit) = (5, 3, 0));
        await UntilAsync(() => Running.Count == 3, "running");
        Change(j => j.Spec.Suspend = true);
        await UntilAsync(() => Running.Count == 0 && IsTrue("Suspended"), "suspended");
        Assert.Equal((0, 0, 0), (Job.Status.Active, Job.Status.Failed, Job.Status.Succeeded));
        Assert.Null(Job.Status.StartTime);
        Change(j => j.Spec.Suspend = false);
        await UntilAsync(() => Running.Count == 3 && Job.Status.Conditions!.Exists(c => c is { Type: "Suspended", Status: "False", Reason: "JobResumed" }), "resumed at once");
        Assert.Equal(Harness.Time.GetUtcNow(), Job.Status.StartTime!.Value.Value);
    }

    /// <summary>Whichever of the two the controller hears of first: a pod that has succeeded meanwhile is not let go uncounted.</summary>
    [Fact]
    public async Task Suspended_AllHaveSucceeded_CompletesWithoutAResumption()
    {
        await StartAsync(j => j.Spec.Completions = 1);
        await UntilAsync(() => Running.Count == 1, "running");
        Api.HoldWatches();
        End(Running[0], "Succeeded");
        Change(j => j.Spec.Suspend = true);
        Api.ReleaseWatches();
        await UntilAsync(() => IsTrue("Complete"), "complete", TimeSpan.FromMilliseconds(100));
        Assert.Equal((1, 0), (Job.Status.Succeeded, Job.Status.Failed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoCompletionsWanted_CompletesAtOnce_SuspendedOrNot(bool suspended)
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Suspend) = (0, suspended));
        await UntilAsync(() => IsTrue("Complete"), "complete");
        Assert.Empty(Api.List<Pod>());
        Assert.False(IsTrue("Suspended"));
    }

    [Fact]
    public async Task Suspended_WhileItsDeadlinePasses_IsNotLate()
    {
        await StartAsync(j => j.Spec.ActiveDeadlineSeconds = 30);
        await UntilAsync(() => Running.Count == 1, "running");
        Change(j => j.Spec.Suspend = true);
        await UntilAsync(() => IsTrue("Suspended"), "suspended");
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Change(j => j.Spec.Suspend = false);
        await UntilAsync(() => Running.Count == 1, "running again");
        Assert.False(IsTrue("FailureTarget"));
        await UntilAsync(() => IsTrue("Failed"), "late after all", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Deleted_SuspendedMeanwhile_IsLeftAsItIs()
    {
        await StartAsync(j => (j.Metadata.DeletionTimestamp, j.Metadata.Finalizers, j.Spec.Suspend) = (Harness.Time.GetUtcNow(), ["foregroundDeletion"], true));
        await Harness.SettleAsync();
        Assert.Empty(Job.Status.Conditions.OrEmpty());
        Assert.Empty(Api.List<Pod>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Failed")]
    public async Task Failing_PodsThatNobodyRuns_CountAsFailedAtOnce(string? replacement)
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.BackoffLimit) = (3, 3, 0);
            j.Spec.PodReplacementPolicy = replacement;
        });
        await UntilAsync(() => Running.Count == 3, "running");
        End(Running[0], "Failed");
        await UntilAsync(() => IsTrue("Failed"), "failed");
        Assert.Equal((3, 0, "BackoffLimitExceeded"), (Job.Status.Failed, Job.Status.Active, Reason("FailureTarget")));
        Assert.DoesNotContain(Api.List<Pod>(), JobFinalizers.Holds);
    }

    [Fact]
    public async Task Succeeding_PodsThatAreNotNeeded_CountNowhere()
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode) = (3, 3, "Indexed");
            j.Spec.SuccessPolicy = new SuccessPolicy { Rules = [new() { SucceededCount = 1 }] };
        });
        await UntilAsync(() => Running.Count == 3, "running");
        End(Running[0], "Succeeded");
        await UntilAsync(() => IsTrue("Complete"), "complete");
        Assert.Equal((1, 0, 0), (Job.Status.Succeeded, Job.Status.Failed, Job.Status.Active));
        Assert.DoesNotContain(Api.List<Pod>(), JobFinalizers.Holds);
    }

    [Fact]
    public async Task Succeeding_KilledBeforeThePodsWereLetGo_CountsThemNowhereEither()
    {
        var cut = false;
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode) = (3, 3, "Indexed");
            j.Spec.SuccessPolicy = new SuccessPolicy { Rules = [new() { SucceededCount = 1 }] };
        });
        await UntilAsync(() => Running.Count == 3, "running");
        // The outcome is on record, and the pods are asked to go; what comes after that is lost the first times.
        var lost = 0;
        Api.Refuse = r => r is { Verb: ApiVerbs.Patch, Resource.Resource: "pods" } && ++lost <= 4 ? StatusException.Conflict(r.Resource.GroupResource, r.Name ?? "") : null;
        End(Running[0], "Succeeded");
        await UntilAsync(() => (cut |= IsTrue("SuccessCriteriaMet")) && IsTrue("Complete"), "complete", TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), (Job.Status.Succeeded, Job.Status.Failed));
    }

    [Fact]
    public async Task Indexed_PodsKnowTheirIndex_AsUpstreamTellsThem()
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.CompletionMode) = (1, "Indexed");
            j.Spec.Template.Spec.Hostname = "mine";
        });
        await UntilAsync(() => Running.Count == 1, "running");
        Assert.Equal("job-0", Running[0].Spec.Hostname);
        Assert.StartsWith("job-0-", Running[0].Metadata.Name, StringComparison.Ordinal);
        Assert.Equal("0", Running[0].Metadata.Labels![JobIndexes.Annotation]);
        var variable = Running[0].Spec.Containers[0].Env!.Single(e => e.Name == "JOB_COMPLETION_INDEX");
        Assert.Equal("metadata.labels['batch.kubernetes.io/job-completion-index']", variable.ValueFrom!.FieldRef!.FieldPath);
    }

    [Theory]
    [InlineData("{\"type\":\"Suspended\"}", 1)]
    [InlineData("{\"type\":\"Suspended\",\"status\":\"True\",\"reason\":\"JobSuspended\",\"message\":\"Job suspended\"}", 0)]
    [InlineData("{\"type\":\"Suspended\",\"status\":\"True\",\"reason\":\"JobSuspended\",\"message\":\"other words\"}", 1)]
    public void Conditions_SetInPlace_ChangeWithStatusReasonOrMessage(string known, int changes)
    {
        var (before, now) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
        var condition = JsonCodec.Decode<JobCondition>(System.Text.Encoding.UTF8.GetBytes(known));
        condition.LastTransitionTime = before;
        var job = new Job { Status = new JobStatus { Conditions = [condition, new JobCondition { Type = "Other" }] } };
        JobConditions.Set(job, "Suspended", "True", "JobSuspended", "Job suspended", now);
        Assert.Equal(["Suspended", "Other"], job.Status.Conditions.Select(c => c.Type));
        Assert.Equal(changes == 0 ? before : now, job.Status.Conditions[0].LastTransitionTime!.Value.Value);
    }
}
