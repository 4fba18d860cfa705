using Sampan.Api.Batch.V1;
using Sampan.ControllerManager.CronJobs;

namespace Sampan.ControllerManager.Tests.CronJobs;

public sealed class CronJobControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private CronJob CronJob => Api.Find<CronJob>("default", "tick")!;

    private List<Job> Jobs => Api.List<Job>();

    [Fact]
    public async Task Reconcile_Due_StartsOneJobNamedAfterItsMinute()
    {
        await StartAsync();
        Assert.Empty(Jobs);
        var due = new DateTimeOffset(2026, 1, 1, 0, 10, 0, TimeSpan.Zero);
        await AdvanceUntilAsync(() => CronJob.Status.LastScheduleTime is not null, "the first start");
        var job = Assert.Single(Jobs);
        Assert.Equal($"tick-{due.ToUnixTimeSeconds() / 60}", job.Metadata.Name);
        Assert.Equal("2026-01-01T00:10:00Z", job.Metadata.Annotations!["batch.kubernetes.io/cronjob-scheduled-timestamp"]);
        Assert.Equal("yes", job.Metadata.Labels!["mine"]);
        Assert.Equal(CronJob.Metadata.Uid, job.Metadata.OwnerReferences!.Single().Uid);
        Assert.Equal((due, job.Metadata.Uid), (CronJob.Status.LastScheduleTime!.Value.Value, CronJob.Status.Active!.Single().Uid));
    }

    [Fact]
    public async Task Reconcile_ADay_StartsEveryTime()
    {
        await StartAsync(c => (c.Spec.SuccessfulJobsHistoryLimit, c.Spec.Schedule) = (null, "0 * * * *"));
        await AdvanceUntilAsync(() => Jobs.Count == 24, "a job an hour", TimeSpan.FromMinutes(20));
        Assert.Equal(24, Jobs.Select(j => j.Metadata.Name).Distinct().Count());
    }

    [Fact]
    public async Task Reconcile_OnceAYear_ComesWhenTheYearIsOver()
    {
        await StartAsync(c => c.Spec.Schedule = "0 0 1 1 *");
        await _harness.AdvanceAsync(TimeSpan.FromDays(360));
        Assert.Empty(Jobs);
        await AdvanceUntilAsync(() => Jobs.Count == 1, "the new year", TimeSpan.FromHours(12));
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), CronJob.Status.LastScheduleTime!.Value.Value);
        Assert.DoesNotContain(Api.List<Sampan.Api.Core.V1.Event>(), e => e.Reason == "FailedReconcile");
    }

    [Fact]
    public async Task Reconcile_ZoneInTheSchedule_IsHeededWithAWarning()
    {
        await StartAsync(c => c.Spec.Schedule = "TZ=Asia/Tokyo 30 9 * * *");
        await AdvanceUntilAsync(() => Jobs.Count == 1, "half past nine there");
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.Zero), CronJob.Status.LastScheduleTime!.Value.Value);
        await _harness.UntilAsync(() => Api.List<Sampan.Api.Core.V1.Event>().Exists(e => e is { Reason: "UnsupportedSchedule", Type: "Warning" }), "the event");
    }

    [Fact]
    public async Task Reconcile_TimeZone_IsThatOfTheSchedule()
    {
        await StartAsync(c => (c.Spec.Schedule, c.Spec.TimeZone) = ("30 9 * * *", "Asia/Tokyo"));
        await AdvanceUntilAsync(() => Jobs.Count == 1, "half past nine there");
        Assert.Equal("2026-01-01T09:30:00+09:00", Jobs[0].Metadata.Annotations!["batch.kubernetes.io/cronjob-scheduled-timestamp"]);
    }

    [Theory]
    [InlineData("Allow", 2, 2)]
    [InlineData("Forbid", 1, 1)]
    [InlineData("Replace", 1, 1)]
    public async Task Reconcile_StillRunning_ConcurrencyPolicyDecides(string policy, int jobs, int active)
    {
        await StartAsync(c => c.Spec.ConcurrencyPolicy = policy);
        await AdvanceUntilAsync(() => CronJob.Status.Active is { Count: 1 }, "the first");
        var first = Jobs[0].Metadata.Uid;
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        await _harness.UntilAsync(
            () => Jobs.Count == jobs && CronJob.Status.Active!.Count == active && (policy == "Replace") != Jobs.Exists(j => j.Metadata.Uid == first),
            "the second");
        if (policy != "Forbid") return;
        Finish(Jobs[0], "Complete");
        await _harness.UntilAsync(() => Jobs.Count == 2, "the held back start, once there is room");
    }

    [Fact]
    public async Task Reconcile_Suspended_StartsNothing()
    {
        await StartAsync(c => c.Spec.Suspend = true);
        await _harness.AdvanceAsync(TimeSpan.FromHours(1));
        var copy = CronJob.DeepClone();
        copy.Spec.Suspend = false;
        Assert.Empty(Jobs);
        Api.Put(copy);
        await _harness.UntilAsync(() => Jobs.Count == 1, "only the latest of the missed ones");
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.Zero), CronJob.Status.LastScheduleTime!.Value.Value);
    }

    [Fact]
    public async Task Reconcile_JobEnds_LeavesTheListAndHistoryStaysShort()
    {
        await StartAsync(c => (c.Spec.SuccessfulJobsHistoryLimit, c.Spec.FailedJobsHistoryLimit) = (2, 1));
        for (var i = 1; i <= 6; i++)
        {
            var due = new DateTimeOffset(2026, 1, 1, 0, 10 * i % 60, 0, TimeSpan.Zero).AddHours(10 * i / 60);
            await AdvanceUntilAsync(() => CronJob.Status.LastScheduleTime?.Value == due, "a start");
            Finish(Jobs.Single(j => j.Status.Conditions is null), i % 3 == 0 ? "Failed" : "Complete");
            await _harness.UntilAsync(() => CronJob.Status.Active is null, "it is seen to end");
        }

        await _harness.UntilAsync(() => Jobs.Count == 3, "two successes and a failure");
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 50, 0, TimeSpan.Zero), CronJob.Status.LastSuccessfulTime!.Value.Value.AddSeconds(-CronJob.Status.LastSuccessfulTime.Value.Value.Second));
    }

    [Fact]
    public async Task Reconcile_StatusWriteLost_NeverStartsTwice()
    {
        var refuse = true;
        Api.Refuse = r => refuse && r.Subresource == "status" && r.Resource.Resource == "cronjobs" ? StatusException.Conflict(r.Resource.GroupResource, "tick") : null;
        await StartAsync();
        await AdvanceUntilAsync(() => Jobs.Count == 1, "the start");
        refuse = false;
        await AdvanceUntilAsync(() => CronJob.Status.Active is { Count: 1 }, "taken into the status", TimeSpan.FromMilliseconds(10));
        Assert.Single(Jobs);
    }

    [Fact]
    public async Task Reconcile_TooLate_DoesNotStart()
    {
        Api.Refuse = r => r.Verb == ApiVerbs.Create && r.Resource.Resource == "jobs" ? StatusException.Forbidden(r.Resource.GroupResource, "", "quota") : null;
        await StartAsync(c => c.Spec.StartingDeadlineSeconds = 60);
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(10.5));
        Assert.Contains(Api.Writes, r => r.Resource.Resource == "jobs");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(5));
        Api.Refuse = null;
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(Jobs);
        await AdvanceUntilAsync(() => CronJob.Status.LastScheduleTime is not null, "the next one");
        Assert.Equal(20, CronJob.Status.LastScheduleTime!.Value.Value.Minute);
    }

    [Fact]
    public async Task Reconcile_ScheduleChanged_BeginsWithItsNextTime()
    {
        await StartAsync(c => c.Spec.Schedule = "0 0 1 1 *");
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(15));
        var copy = CronJob.DeepClone();
        copy.Spec.Schedule = "*/10 * * * *";
        Api.Put(copy);
        await _harness.SettleAsync();
        Assert.Empty(Jobs);
        await AdvanceUntilAsync(() => Jobs.Count == 1, "the first of the new schedule");
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 20, 0, TimeSpan.Zero), CronJob.Status.LastScheduleTime!.Value.Value);
    }

    [Fact]
    public async Task Reconcile_NameIsSomebodyElses_SaysSoAndWaitsForTheNextTime()
    {
        var taken = $"tick-{new DateTimeOffset(2026, 1, 1, 0, 10, 0, TimeSpan.Zero).ToUnixTimeSeconds() / 60}";
        Api.Put(new Job { Metadata = new ObjectMeta { Namespace = "default", Name = taken } });
        await StartAsync();
        await AdvanceUntilAsync(() => Jobs.Count == 2, "the second time");
        Assert.Equal(20, CronJob.Status.LastScheduleTime!.Value.Value.Minute);
        await SaidAsync("FailedCreate", $"Error creating job: jobs.batch \"{taken}\" already exists");
    }

    [Theory]
    [InlineData("UnparseableSchedule", "* * *", null)]
    [InlineData("UnknownTimeZone", "* * * * *", "Nowhere/Never")]
    public async Task Reconcile_ScheduleThatCannotBeRead_SaysSo(string reason, string schedule, string? zone)
    {
        await StartAsync(c => (c.Spec.Schedule, c.Spec.TimeZone) = (schedule, zone));
        await _harness.UntilAsync(() => Api.List<Sampan.Api.Core.V1.Event>().Exists(e => e.Type == "Warning" && e.Reason == reason), "the event");
        Assert.Empty(Jobs);
    }

    [Fact]
    public async Task Reconcile_TooLate_SaysWhichTimeWasMissed()
    {
        Api.Refuse = r => r.Verb == ApiVerbs.Create && r.Resource.Resource == "jobs" ? StatusException.Forbidden(r.Resource.GroupResource, "", "quota") : null;
        await StartAsync(c => c.Spec.StartingDeadlineSeconds = 60);
        await _harness.AdvanceAsync(TimeSpan.FromMinutes(15));
        await SaidAsync("FailedCreate", "Error creating job: jobs.batch is forbidden: quota");
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Task SaidAsync(string reason, string message) => _harness.UntilAsync(
        () => Api.List<Sampan.Api.Core.V1.Event>().Exists(e => e.Type == "Warning" && e.Reason == reason && e.Message == message), $"{reason}: {message}");

    private Task AdvanceUntilAsync(Func<bool> condition, string what, TimeSpan? step = null) =>
        _harness.AdvanceUntilAsync(condition, what, step ?? TimeSpan.FromSeconds(5));

    private void Finish(Job job, string condition)
    {
        var copy = Api.Find<Job>("default", job.Metadata.Name)!.DeepClone();
        copy.Status.StartTime = job.Metadata.CreationTimestamp;
        copy.Status.CompletionTime = condition == "Complete" ? _harness.Time.GetUtcNow() : null;
        copy.Status.Conditions = [new JobCondition { Type = condition, Status = "True" }];
        Api.Put(copy);
    }

    private async Task StartAsync(Action<CronJob>? change = null)
    {
        var cronJob = new CronJob
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "tick" },
            Spec = new CronJobSpec
            {
                Schedule = "*/10 * * * *",
                ConcurrencyPolicy = "Allow",
                SuccessfulJobsHistoryLimit = 3,
                FailedJobsHistoryLimit = 1,
                JobTemplate = new JobTemplateSpec
                {
                    Metadata = new ObjectMeta { Labels = new() { ["mine"] = "yes" } },
                    Spec = new JobSpec { Template = Workloads.Template("one") },
                },
            },
        };
        change?.Invoke(cronJob);
        Api.Put(cronJob);
        await _harness.StartAsync(c => new CronJobController(c));
    }
}
