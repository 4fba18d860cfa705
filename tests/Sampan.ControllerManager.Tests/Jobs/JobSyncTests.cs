using System.Globalization;
using Sampan.Api.Batch.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using Sampan.ControllerManager.Jobs;

namespace Sampan.ControllerManager.Tests.Jobs;

/// <summary>
/// What a Job does with the pods that it finds, case by case. A pod is a letter, r(unning), p(ending), s(ucceeded) or f(ailed), and
/// in Indexed Jobs its index; "-" is none.
/// </summary>
public sealed class JobSyncTests : JobTests
{
    [Theory]
    [InlineData("job start", 2, 5, "", 2, 0, 2, 0, 0, null)]
    [InlineData("work queue start", 2, null, "", 2, 0, 2, 0, 0, null)]
    [InlineData("pending pods", 2, 5, "p p", 0, 0, 2, 0, 0, null)]
    [InlineData("right number of pods", 2, 5, "r r", 0, 0, 2, 0, 0, null)]
    [InlineData("work queue: right number of pods", 2, null, "r r", 0, 0, 2, 0, 0, null)]
    [InlineData("too few active pods", 2, 5, "r s", 1, 0, 2, 1, 0, null)]
    [InlineData("work queue: failed pods are made again", 2, null, "r f", 1, 0, 2, 0, 1, null)]
    [InlineData("failed pods are made again", 2, 2, "r f", 1, 0, 2, 0, 1, null)]
    [InlineData("too many active pods", 2, 5, "r r r", 0, 1, 2, 0, 0, null)]
    [InlineData("job finish", 2, 5, "s s s s s", 0, 0, 0, 5, 0, "Complete")]
    [InlineData("work queue finishing", 2, null, "r s", 0, 0, 1, 1, 0, null)]
    [InlineData("work queue: more than parallelism after a success", 1, null, "r r s", 0, 0, 2, 1, 0, null)]
    [InlineData("work queue all finished", 2, null, "s s", 0, 0, 0, 2, 0, "Complete")]
    [InlineData("work queue all finished despite one failure", 2, null, "s f", 0, 0, 0, 1, 1, "Complete")]
    [InlineData("more active pods than parallelism", 2, 5, "r r r r", 0, 2, 2, 0, 0, null)]
    [InlineData("more active pods than remaining completions", 4, 5, "r r r s s s s", 0, 2, 1, 4, 0, null)]
    [InlineData("too many succeeded pods", 2, 2, "s s s", 0, 0, 0, 3, 0, "Complete")]
    [InlineData("no pods wanted", 0, 5, "r r", 0, 2, 0, 0, 0, null)]
    [InlineData("back-off limit exceeded", 2, 5, "r f f f f f f f", 0, 1, 0, 0, 8, "Failed")]
    public async Task Sync_PodsFound_DoesWhatIsMissing(
        string name, int parallelism, int? completions, string pods, int created, int deleted, int active, int succeeded, int failed, string? end)
    {
        Assert.NotEmpty(name);
        await FoundAsync(pods, j => (j.Spec.Parallelism, j.Spec.Completions) = (parallelism, completions));
        await UntilAsync(() => Numbers() == (active, succeeded, failed) && (end is null || IsTrue(end)), $"{name}: {Numbers()}");
        Assert.Equal((created, deleted), (Count(ApiVerbs.Create), Count(ApiVerbs.Delete)));
        Assert.Equal(end is not null, IsTrue("Complete") || IsTrue("Failed"));
    }

    [Theory]
    [InlineData("indexed job start", 2, 5, "", "0 1", 0, "", 0)]
    [InlineData("indexed job completed", 2, 3, "s0 f0 s1 s2", "", 0, "0-2", 1)]
    [InlineData("repeated completed index", 2, 3, "s0 s0 s1", "2", 0, "0,1", 0)]
    [InlineData("some running and completed pods", 8, 12, "s0 r2 s3 s4 s5 r6 s7 s8 s9", "1 10 11", 0, "0,3-5,7-9", 0)]
    [InlineData("some failed pods", 3, 4, "f0 s1 f2", "0 2 3", 0, "1", 2)]
    [InlineData("some pods without index", 2, 5, "r- r0 r1 s- f-", "", 1, "", 0)]
    [InlineData("repeated indexes", 5, 5, "r0 s1 r2 r2 r3 s4", "", 1, "1,4", 0)]
    [InlineData("indexes out of range", 2, 5, "r0 s5 r5 f6", "", 1, "", 0)]
    [InlineData("pod of a completed index", 2, 3, "s0 r0", "", 1, "0", 0)]
    public async Task Sync_IndexedPodsFound_DoesWhatIsMissing(
        string name, int parallelism, int completions, string pods, string created, int deleted, string completed, int failed)
    {
        Assert.NotEmpty(name);
        await FoundAsync(pods, j => (j.Spec.Parallelism, j.Spec.Completions, j.Spec.CompletionMode) = (parallelism, completions, "Indexed"));
        await UntilAsync(() => (Job.Status.CompletedIndexes ?? "", Job.Status.Failed) == (completed, failed), $"{name}: {Job.Status.CompletedIndexes} {Job.Status.Failed}");
        if (deleted == 0)
            await UntilAsync(() => string.Join(' ', Made().Select(JobIndexes.Of).Order()) == created, $"{name}: made {string.Join(' ', Made().Select(JobIndexes.Of))}");
        Assert.Equal(deleted, Count(ApiVerbs.Delete));
    }

    [Fact]
    public async Task Sync_TwoPodsOfOneIndex_TheOneFurtherOnStays()
    {
        await FoundAsync("p0 r0", j => (j.Spec.Parallelism, j.Spec.Completions, j.Spec.CompletionMode) = (1, 2, "Indexed"));
        await UntilAsync(() => Count(ApiVerbs.Delete) == 1, "one goes");
        Assert.Equal("found-0", Api.Requests.Single(r => r.Verb == ApiVerbs.Delete).Name);
    }

    [Fact]
    public async Task Sync_FewerCompletionsAndParallelism_HigherIndexesNoLongerCount()
    {
        await FoundAsync("s0 s1 s3", j => (j.Spec.Parallelism, j.Spec.Completions, j.Spec.CompletionMode) = (4, 4, "Indexed"));
        await UntilAsync(() => Job.Status.CompletedIndexes == "0,1,3", "three are done");
        Change(j => (j.Spec.Parallelism, j.Spec.Completions) = (2, 2));
        await UntilAsync(() => IsTrue("Complete"), "complete");
        Assert.Equal(("0,1", 2), (Job.Status.CompletedIndexes, Job.Status.Succeeded));
    }

    [Theory]
    [InlineData("Orphan")]
    [InlineData("Background")]
    public async Task Sync_JobDeleted_PodsAreNotHeldByItsFinalizer(string policy)
    {
        await StartAsync(_ => { });
        await UntilAsync(() => Running.Count == 1, "running");
        var job = Job.DeepClone();
        if (policy == "Orphan")
        {
            (job.Metadata.DeletionTimestamp, job.Metadata.Finalizers) = (Harness.Time.GetUtcNow(), ["orphan"]);
            Api.Put(job);
            var pod = Running[0].DeepClone();
            pod.Metadata.OwnerReferences = null;
            Api.Put(pod);
        }

        Api.Remove<Job>("default", "job");
        // A cache that has not seen the deletion yet may have made one more.
        await UntilAsync(() => Api.List<Pod>() is { Count: > 0 } pods && pods.All(p => p.Metadata.Finalizers.OrEmpty().Count == 0), "let go, and still there");
    }

    [Fact]
    public async Task Sync_OrphanWithoutFinalizer_IsTrackedOnceAdopted()
    {
        Api.Put(Workloads.Pod("orphan"));
        await StartAsync(_ => { });
        await UntilAsync(() => Api.Find<Pod>("default", "orphan") is { Metadata: { OwnerReferences: [_], Finalizers: [JobFinalizers.Name] } }, "adopted");
        End(Api.Find<Pod>("default", "orphan")!, "Succeeded");
        await UntilAsync(() => IsTrue("Complete"), "counted");
    }

    [Fact]
    public async Task Sync_DeletionRefused_StatusGoesOn()
    {
        Api.Refuse = r => r is { Verb: ApiVerbs.Delete, Resource.Resource: "pods" } ? StatusException.Forbidden(r.Resource.GroupResource, r.Name!, "not today") : null;
        await FoundAsync("r r s", j => (j.Spec.Parallelism, j.Spec.Completions) = (1, 5));
        await UntilAsync(() => Numbers() == (2, 1, 0), "the success counts");
        await UntilAsync(() => Api.List<Event>().Exists(e => e is { Type: "Warning", Reason: "FailedDelete" }), "an event says so");
    }

    [Theory]
    [InlineData("f@0 s@10", 0)]
    [InlineData("s@0 f@10", 10)]
    [InlineData("s@0 f@10 f@10", 20)]
    [InlineData("f@10 f@5 f@0", 40)]
    public void Backoff_CountsFailuresAfterTheLastSuccess_FromWhenTheyEnded(string pods, int wait)
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(10);
        var sync = new JobSync(new Job { Metadata = new ObjectMeta { Uid = "1" } }, [], now);
        foreach (var pod in pods.Split(' '))
        {
            var ended = Workloads.Pod(pod);
            ended.Status.Conditions = [new() { Type = "Ready", Status = "False", LastTransitionTime = DateTimeOffset.UnixEpoch.AddSeconds(int.Parse(pod[2..], CultureInfo.InvariantCulture)) }];
            (pod[0] == 'f' ? sync.NewlyFailed : sync.NewlySucceeded).Add(ended);
        }

        var backoff = new JobBackoff();
        backoff.Note(sync);
        Assert.Equal(TimeSpan.FromSeconds(wait), backoff.Wait(sync));
    }

    private (int Active, int Succeeded, int Failed) Numbers() => (Job.Status.Active, Job.Status.Succeeded, Job.Status.Failed);

    private int Count(string verb) => Api.Requests.Count(r => r.Verb == verb && r.Resource.Resource == "pods");

    private List<Pod> Made() => [.. Api.List<Pod>().Where(p => !p.Metadata.Name.StartsWith("found-", StringComparison.Ordinal))];

    /// <summary>The pods ended an hour ago: no back-off is on.</summary>
    private async Task FoundAsync(string pods, Action<Job> change)
    {
        var owner = new Job { Metadata = new ObjectMeta { Namespace = "default", Name = "job", Uid = "job-uid" } };
        foreach (var (text, number) in pods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((t, i) => (t, i))) PutPod(text, number, owner);
        await StartAsync(j =>
        {
            j.Metadata.Uid = owner.Metadata.Uid;
            change(j);
        });
    }

    private void PutPod(string text, int number, Job owner)
    {
        var before = Harness.Time.GetUtcNow().AddHours(-1);
        var pod = Workloads.Pod($"found-{number}", node: text[0] == 'p' ? null : "node");
        pod.Status.Phase = text[0] switch { 'r' => "Running", 'p' => "Pending", 's' => "Succeeded", _ => "Failed" };
        if (text[0] == 'r') pod.Status.Conditions = [new() { Type = "Ready", Status = "True", LastTransitionTime = before }];
        if (text.Length > 1 && text[1] != '-') pod.Metadata.Annotations = new() { [JobIndexes.Annotation] = text[1..] };
        (pod.Metadata.CreationTimestamp, pod.Metadata.Finalizers, pod.Metadata.OwnerReferences) = (before, [JobFinalizers.Name], [OwnerReferences.ControllerRef(owner)]);
        Api.Put(pod);
    }
}
