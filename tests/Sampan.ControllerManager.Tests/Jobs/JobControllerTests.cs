using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.Tests.Jobs;

public sealed class JobControllerTests : JobTests
{
    [Fact]
    public async Task Reconcile_Completions_RunsInParallelUntilEnough()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism) = (5, 2));
        var most = 0;
        await UntilAsync(
            () =>
            {
                var running = Running;
                most = Math.Max(most, running.Count);
                var left = 5 - Api.List<Pod>().Count(p => p.Status.Phase == "Succeeded");
                if (left > 0 && running.Count >= Math.Min(2, left)) End(running[0], "Succeeded");
                return IsTrue("Complete");
            },
            "complete");
        Assert.Equal(2, most);
        Assert.Equal((5, 0, 0), (Job.Status.Succeeded, Job.Status.Failed, Job.Status.Active));
        Assert.NotNull(Job.Status.CompletionTime);
        Assert.All(Api.List<Pod>(), p => Assert.Empty(p.Metadata.Finalizers.OrEmpty()));
        Assert.Equal(5, Api.List<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_Failures_BackOffThenFailAtTheLimit()
    {
        await StartAsync(j => j.Spec.BackoffLimit = 2);
        await UntilAsync(
            () =>
            {
                if (Running is [{ } pod, ..]) End(pod, "Failed");
                return IsTrue("Failed");
            },
            "failed",
            TimeSpan.FromSeconds(1));
        Assert.Equal("BackoffLimitExceeded", Job.Status.Conditions!.Find(c => c.Type == "Failed")!.Reason);
        Assert.Equal(3, Job.Status.Failed);
        Assert.Equal(3, Api.List<Pod>().Count);
        var created = Api.List<Pod>().Select(p => p.Metadata.CreationTimestamp!.Value.Value).Order().ToList();
        Assert.True(created[1] - created[0] >= TimeSpan.FromSeconds(10), "the first pause");
        Assert.True(created[2] - created[1] >= TimeSpan.FromSeconds(20), "the second pause");
    }

    [Fact]
    public async Task Reconcile_StatusWritesConflict_CountsEachPodOnce()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism) = (8, 4));
        var random = new Random(7);
        Api.Refuse = r => r.Resource.Resource is "jobs" or "pods" && r.Verb is ApiVerbs.Update or ApiVerbs.Patch && random.Next(3) == 0
            ? StatusException.Conflict(r.Resource.GroupResource, r.Name ?? "") : null;
        await UntilAsync(
            () =>
            {
                if (Running is [{ } pod, ..]) End(pod, "Succeeded");
                return IsTrue("Complete");
            },
            "complete",
            TimeSpan.FromMilliseconds(50));
        Assert.Equal(8, Job.Status.Succeeded);
        Assert.Equal(8, Api.List<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_Indexed_EachIndexOnce()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode) = (4, 4, "Indexed"));
        await UntilAsync(() => Running.Count == 4, "four pods");
        Assert.Equal(["0", "1", "2", "3"], Running.Select(p => p.Metadata.Annotations!["batch.kubernetes.io/job-completion-index"]).Order());
        End(Running.Find(p => JobIndexes.Of(p) == 1)!, "Failed");
        await UntilAsync(() => Running.Count == 4, "the replacement", TimeSpan.FromSeconds(1));
        Assert.Single(Running, p => JobIndexes.Of(p) == 1);
        foreach (var pod in Running) End(pod, "Succeeded");
        await UntilAsync(() => IsTrue("Complete"), "complete");
        Assert.Equal(("0-3", 4, 1), (Job.Status.CompletedIndexes, Job.Status.Succeeded, Job.Status.Failed));
    }

    [Fact]
    public async Task Reconcile_SuspendedAndResumed_StopsAndStarts()
    {
        await StartAsync(j => j.Spec.Suspend = true);
        await UntilAsync(() => IsTrue("Suspended"), "suspended");
        Assert.Empty(Api.List<Pod>());
        Change(j => j.Spec.Suspend = false);
        await UntilAsync(() => Running.Count == 1 && Job.Status.StartTime is not null, "running");
        Change(j => j.Spec.Suspend = true);
        await UntilAsync(() => Running.Count == 0 && IsTrue("Suspended"), "suspended again");
    }

    [Fact]
    public async Task Reconcile_Deadline_FailsAndStopsPods()
    {
        await StartAsync(j => j.Spec.ActiveDeadlineSeconds = 30);
        await UntilAsync(() => Running.Count == 1, "running");
        await UntilAsync(() => IsTrue("Failed"), "failed", TimeSpan.FromSeconds(1));
        Assert.Equal("DeadlineExceeded", Job.Status.Conditions!.Find(c => c.Type == "Failed")!.Reason);
        Assert.Empty(Running);
    }

    [Fact]
    public async Task Reconcile_FailurePolicy_FailsAtOnceOrIgnores()
    {
        await StartAsync(j => j.Spec.PodFailurePolicy = new PodFailurePolicy
        {
            Rules =
            [
                new() { Action = "Ignore", OnPodConditions = [new() { Type = "DisruptionTarget", Status = "True" }] },
                new() { Action = "FailJob", OnExitCodes = new() { Operator = "In", Values = [42] } },
            ],
        });
        await UntilAsync(() => Running.Count == 1, "running");
        End(Running[0], "Failed", p => p.Status.Conditions = [new() { Type = "DisruptionTarget", Status = "True" }]);
        await UntilAsync(() => Running.Count == 1, "replaced");
        Assert.Equal(0, Job.Status.Failed);
        End(Running[0], "Failed", p => p.Status.ContainerStatuses =
            [new() { Name = "web", State = new() { Terminated = new() { ExitCode = 42 } } }]);
        await UntilAsync(() => IsTrue("Failed"), "failed");
        Assert.Equal("PodFailurePolicy", Job.Status.Conditions!.Find(c => c.Type == "Failed")!.Reason);
    }

    [Fact]
    public async Task Reconcile_BackoffLimitPerIndex_RunsAllIndexesDespiteFailures()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode, j.Spec.BackoffLimit, j.Spec.BackoffLimitPerIndex) = (4, 2, "Indexed", null, 1));
        await UntilAsync(() => EndRunning(p => JobIndexes.Of(p) % 2 == 0) || IsTrue("Failed"), "failed", TimeSpan.FromSeconds(1));
        Assert.Equal(("FailedIndexes", "Job has failed indexes"), (Reason("Failed"), Job.Status.Conditions!.Find(c => c.Type == "Failed")!.Message));
        Assert.Equal(("0,2", "1,3", 2, 4), (Job.Status.CompletedIndexes, Job.Status.FailedIndexes, Job.Status.Succeeded, Job.Status.Failed));
        var counts = Api.List<Pod>().Where(p => JobIndexes.Of(p) == 1).Select(p => p.Metadata.Annotations!["batch.kubernetes.io/job-index-failure-count"]);
        Assert.Equal(["0", "1"], counts.Order());
        Assert.All(Api.List<Pod>(), p => Assert.Empty(p.Metadata.Finalizers.OrEmpty()));
    }

    /// <summary>The indexes have their turns in order: those after one that waits for its next attempt wait with it.</summary>
    [Fact]
    public async Task Reconcile_IndexThatBacksOff_KeepsItsPlaceAmongTheNext()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode, j.Spec.BackoffLimit, j.Spec.BackoffLimitPerIndex) = (4, 2, "Indexed", null, 1));
        await UntilAsync(() => Running.Count == 2, "running");
        End(Running.Find(p => JobIndexes.Of(p) == 0)!, "Failed");
        await Harness.SettleAsync();
        Assert.Equal([1], Running.Select(JobIndexes.Of));
        await UntilAsync(() => Running.Count == 2, "the replacement", TimeSpan.FromSeconds(1));
        Assert.Equal([0, 1], Running.Select(JobIndexes.Of).Order());
        End(Running.Find(p => JobIndexes.Of(p) == 1)!, "Succeeded");
        await UntilAsync(() => Running.Exists(p => JobIndexes.Of(p) == 2), "the next");
    }

    [Fact]
    public async Task Reconcile_FailedPodOfAnIndexIsDeleted_ItsCountIsNotLost()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode, j.Spec.BackoffLimit, j.Spec.BackoffLimitPerIndex) = (1, 1, "Indexed", null, 3));
        await UntilAsync(() => Running.Count == 1, "running");
        var first = Running[0];
        End(first, "Failed");
        await Harness.SettleAsync();
        await Api.Client.Of<Pod>().DeleteAsync("default", first.Metadata.Name, default);
        await UntilAsync(() => Running.Count == 1, "the replacement", TimeSpan.FromSeconds(1));
        Assert.Equal("1", Running[0].Metadata.Annotations!["batch.kubernetes.io/job-index-failure-count"]);
        await UntilAsync(() => Api.Find<Pod>("default", first.Metadata.Name) is null, "the first is let go");
        Assert.Equal(1, Job.Status.Failed);
    }

    [Fact]
    public async Task Reconcile_MaxFailedIndexesExceeded_EndsTheJob()
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode, j.Spec.BackoffLimit) = (10, 2, "Indexed", null);
            (j.Spec.BackoffLimitPerIndex, j.Spec.MaxFailedIndexes) = (0, 1);
        });
        await UntilAsync(() => EndRunning(_ => false) || IsTrue("Failed"), "failed", TimeSpan.FromSeconds(1));
        Assert.Equal("MaxFailedIndexesExceeded", Reason("Failed"));
        // Two may fail; a third may have started between the first failure and the second.
        Assert.Contains((Job.Status.FailedIndexes, Job.Status.Failed), new (string?, int?)[] { ("0,1", 2), ("0-2", 3) });
    }

    [Fact]
    public async Task Reconcile_FailIndexRule_FailsTheIndexWithoutARestart()
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode, j.Spec.BackoffLimit, j.Spec.BackoffLimitPerIndex) = (2, 2, "Indexed", null, 3);
            j.Spec.PodFailurePolicy = new PodFailurePolicy { Rules = [new() { Action = "FailIndex", OnExitCodes = new() { Operator = "In", Values = [42] } }] };
        });
        await UntilAsync(() => Running.Count == 2, "running");
        End(Running.Find(p => JobIndexes.Of(p) == 0)!, "Failed", p => p.Status.ContainerStatuses = [new() { Name = "web", State = new() { Terminated = new() { ExitCode = 42 } } }]);
        End(Running.Find(p => JobIndexes.Of(p) == 1)!, "Succeeded");
        await UntilAsync(() => IsTrue("Failed"), "failed");
        Assert.Equal(("FailedIndexes", "0", "1", 2), (Reason("Failed"), Job.Status.FailedIndexes, Job.Status.CompletedIndexes, Api.List<Pod>().Count));
    }

    [Theory]
    [InlineData(null, 1, "0")]
    [InlineData("1-2", null, "0-2")]
    [InlineData("1-3", 1, "0,1")]
    [InlineData("0-4", null, "0-4")]
    public async Task Reconcile_SuccessPolicy_EndsTheJobWhenARuleIsMet(string? indexes, int? count, string completed)
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism, j.Spec.CompletionMode) = (5, 5, "Indexed");
            j.Spec.SuccessPolicy = new SuccessPolicy { Rules = [new() { SucceededIndexes = indexes, SucceededCount = count }] };
        });
        await UntilAsync(() => Running.Count == 5, "running");
        for (var i = 0; i < 5 && !IsTrue("SuccessCriteriaMet"); i++)
        {
            End(Running.Find(p => JobIndexes.Of(p) == i)!, "Succeeded");
            await Harness.SettleAsync();
        }

        await UntilAsync(() => IsTrue("Complete"), "complete");
        Assert.Equal(("SuccessPolicy", "SuccessPolicy", completed), (Reason("SuccessCriteriaMet"), Reason("Complete"), Job.Status.CompletedIndexes));
        Assert.Empty(Running);
    }

    [Fact]
    public async Task Reconcile_OrphanAndStranger_AreTakenInAndLetGo()
    {
        await StartAsync(j => (j.Spec.Completions, j.Spec.Parallelism) = (2, 2));
        await UntilAsync(() => Running.Count == 2, "running");
        var orphan = Running[0].DeepClone();
        orphan.Metadata.OwnerReferences = null;
        Api.Put(orphan);
        await UntilAsync(() => Api.Find<Pod>("default", orphan.Metadata.Name)!.Metadata.OwnerReferences?[0].Uid == Job.Metadata.Uid, "taken in again");
        Assert.Equal(2, Running.Count);
        var stranger = Running[0].DeepClone();
        stranger.Metadata.Labels = Workloads.App("other");
        Api.Put(stranger);
        await UntilAsync(() => Running.Count == 3 && Api.Find<Pod>("default", stranger.Metadata.Name)!.Metadata.OwnerReferences is null or { Count: 0 }, "let go and replaced");
    }

    [Fact]
    public async Task Reconcile_ManagedByAnother_IsLeftAlone()
    {
        await StartAsync(j => j.Spec.ManagedBy = "example.com/queue");
        await Harness.SettleAsync();
        Assert.Empty(Api.List<Pod>());
        Assert.Null(Job.Status.StartTime);
    }

    [Theory]
    [InlineData("TerminatingOrFailed", true)]
    [InlineData("Failed", false)]
    public async Task Reconcile_PodBeingDeleted_IsReplacedAsThePolicySays(string policy, bool atOnce)
    {
        await StartAsync(j => j.Spec.PodReplacementPolicy = policy);
        await UntilAsync(() => Running.Count == 1, "running");
        var first = Running[0];
        await Api.Client.Of<Pod>().DeleteAsync("default", first.Metadata.Name, default);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(atOnce, Running.Exists(p => p.Metadata.Uid != first.Metadata.Uid));
        if (!atOnce) End(first, "Failed");
        await UntilAsync(() => Running.Count == 1 && Running[0].Metadata.Uid != first.Metadata.Uid, "the replacement", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Reconcile_ContainersRestartedOnTheirNode_CompletesWithTheSamePods()
    {
        await StartAsync(j =>
        {
            (j.Spec.Completions, j.Spec.Parallelism) = (4, 2);
            j.Spec.Template.Spec.RestartPolicy = "OnFailure";
        });
        await UntilAsync(
            () =>
            {
                if (Running.Find(p => p.Status.ContainerStatuses is null) is { } first) End(first, "Running", p => p.Status.ContainerStatuses = [new ContainerStatus { Name = "web", RestartCount = 1 }]);
                else if (Running is [{ } restarted, ..]) End(restarted, "Succeeded");
                return IsTrue("Complete");
            },
            "complete");
        Assert.Equal((4, 0), (Job.Status.Succeeded, Job.Status.Failed));
        Assert.Equal(4, Api.List<Pod>().Count);
    }

    [Fact]
    public async Task Reconcile_JobDeleted_PodsAreNotHeld()
    {
        await StartAsync(_ => { });
        await UntilAsync(() => Running.Count == 1, "running");
        Api.Remove<Job>("default", "job");
        await UntilAsync(() => Api.List<Pod>().TrueForAll(p => p.Metadata.Finalizers is null or { Count: 0 }), "released");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("0,1", "0,1")]
    [InlineData("0-2,5,7,8,10-13", "0-2,5,7,8,10-13")]
    public void Indexes_Text_RoundTrips(string text, string expected) =>
        Assert.Equal(expected, JobIndexes.Format([.. JobIndexes.Parse(text, 100)]) ?? "");
}
