using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Metrics;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Tests;

/// <summary>What the loop makes of changes from outside, and what it reports.</summary>
public sealed class SchedulerLoopTests : IAsyncDisposable
{
    private readonly RecordingBinder _binder = new();
    private readonly MetricRegistry _metrics = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SchedulerLoop _loop;
    private readonly Gatekeeper _gatekeeper = new();
    private readonly Breaking _breaking = new();
    private readonly Slow _slow = new();
    private readonly Task _running;

    public SchedulerLoopTests()
    {
        var options = new SchedulerOptions { Profiles = [Profile.Default(additional: [(_gatekeeper, 1), (_breaking, 0), (_slow, 0)])] };
        _loop = new SchedulerLoop(options, _binder, TimeProvider.System, NullLogger.Instance, new SchedulerMetrics(_metrics, TimeProvider.System), new Random(1));
        _running = Task.Run(() => _loop.RunAsync(_stopping.Token));
        _loop.NodeChanged(null, Make.Node("n", cpu: "4"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    [Fact]
    public async Task Pod_ThatFits_IsBound()
    {
        _loop.PodChanged(null, Make.Pod("p", cpu: "1"));
        Assert.Equal("n", await _binder.BoundAsync("p"));
        await UntilMetricAsync("""scheduler_schedule_attempts_total{profile="default-scheduler",result="scheduled"} 1""");
        await UntilMetricAsync("""scheduler_pod_scheduling_sli_duration_seconds_count{attempts="1"} 1""");
        await UntilMetricAsync("""scheduler_framework_extension_point_duration_seconds_count{extension_point="Filter",profile="default-scheduler",status="Success"} 1""");
        await UntilMetricAsync("""scheduler_framework_extension_point_duration_seconds_count{extension_point="Bind",profile="default-scheduler",status="Success"} 1""");
        await UntilMetricAsync("""scheduler_queue_incoming_pods_total{event="UnschedulablePodAdd",queue="active"} 1""");
        await UntilMetricAsync("""scheduler_cache_size{type="nodes"} 1""");
        await UntilMetricAsync("""scheduler_framework_extension_point_duration_seconds_count{extension_point="Reserve",profile="default-scheduler",status="Success"} 1""");
        await UntilMetricAsync("""scheduler_plugin_evaluation_total{extension_point="PreFilter",plugin="NodeAffinity",profile="default-scheduler"} 1""");
        await UntilMetricAsync("""scheduler_plugin_evaluation_total{extension_point="Filter",plugin="NodeResourcesFit",profile="default-scheduler"} 1""");
        await UntilMetricAsync("""scheduler_event_handling_duration_seconds_count{event="UnschedulablePodAdd"} 1""");
        await UntilMetricAsync("""scheduler_goroutines{operation="binding"} 0""");
        await UntilMetricAsync("""scheduler_inflight_events{event="PodPopped"} 0""");
    }

    [Fact]
    public async Task Pods_ThatAreEqual_UseWhatIsKnownOfEachOther()
    {
        foreach (var name in new[] { "p", "q", "r" }) _loop.PodChanged(null, Make.Pod(name, cpu: "100m"));
        foreach (var name in new[] { "p", "q", "r" }) Assert.Equal("n", await _binder.BoundAsync(name));
        await UntilMetricAsync("""scheduler_batch_attempts_total{profile="default-scheduler",result="no_hint"} 1""");
        await UntilMetricAsync("""scheduler_batch_attempts_total{profile="default-scheduler",result="hint_used"} 2""");
        await UntilMetricAsync("""scheduler_get_node_hint_duration_seconds_count{hinted="true",profile="default-scheduler"} 2""");
    }

    [Theory]
    [InlineData("PreFilter", """running PreFilter plugin "Breaking": out of order""")]
    [InlineData("Filter", """running "Breaking" filter plugin: out of order""")]
    [InlineData("PreScore", """running PreScore plugin "Breaking": out of order""")]
    [InlineData("Reserve", """running Reserve plugin "Breaking": out of order""")]
    [InlineData("Permit", """running Permit plugin "Breaking": out of order""")]
    [InlineData("PreBind", """running PreBind plugin "Breaking": out of order""")]
    [InlineData("Bind", """running Bind plugin "Breaking": out of order""")]
    public async Task Plugin_Breaks_IsNamedAndThePodIsTriedAgain(string point, string message)
    {
        _loop.NodeChanged(null, Make.Node("m", cpu: "4"));          // with one node nothing is scored
        _breaking.Point = point;
        _loop.PodChanged(null, Make.Pod("p", cpu: "1"));
        var (reason, said, _) = await _binder.RefusedAsync("p");
        Assert.Equal(("SchedulerError", message), (reason, said));
        Assert.Contains(await _binder.BoundAsync("p"), (string[])["n", "m"]);
    }

    [Fact]
    public async Task Pod_ThatDoesNotFit_IsCountedByThePluginThatRefused()
    {
        _loop.PodChanged(null, Make.Pod("p", cpu: "5"));
        Assert.StartsWith("0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful", (await _binder.RefusedAsync("p")).Message, StringComparison.Ordinal);
        await UntilMetricAsync("""scheduler_unschedulable_pods{plugin="NodeResourcesFit",profile="default-scheduler"} 1""");
        await UntilMetricAsync("""scheduler_pending_pods{queue="unschedulable"} 1""");
        await UntilMetricAsync("scheduler_preemption_attempts_total 1");
        _loop.NodeChanged(null, Make.Node("small", cpu: "1"));
        await UntilMetricAsync("""scheduler_queueing_hint_execution_duration_seconds_count{event="NodeAdd",hint="QueueSkip",plugin="NodeResourcesFit"} 1""");

        _loop.PodChanged(Make.Pod("p", cpu: "5"), null);
        await UntilMetricAsync("""scheduler_unschedulable_pods{plugin="NodeResourcesFit",profile="default-scheduler"} 0""");
    }

    [Fact]
    public async Task WaitingPod_IsDeleted_GivesItsPlaceBack()
    {
        var waiting = Make.Pod("waits", cpu: "4", with: p => p.Metadata.Annotations = new() { [Gatekeeper.Annotation] = "" });
        _loop.PodChanged(null, waiting);
        await _gatekeeper.ArrivedAsync("waits");
        _loop.PodChanged(null, Make.Pod("next", cpu: "4"));
        await _binder.RefusedAsync("next");

        _loop.PodChanged(waiting, null);

        Assert.Equal("n", await _binder.BoundAsync("next"));
        // Its own end is told beside the loop.
        await UntilAsync(() => !_loop.PreemptPending("uid-waits", "Test"));
    }

    [Fact]
    public async Task WaitingPod_Rejected_IsRefusedByThePlugin()
    {
        _loop.PodChanged(null, Make.Pod("waits", cpu: "4", with: p => p.Metadata.Annotations = new() { [Gatekeeper.Annotation] = "" }));
        (await _gatekeeper.ArrivedAsync("waits")).Reject("the group is not complete");
        Assert.Equal(("Unschedulable", "0/1 nodes are available: 1 the group is not complete.", (string?)""), await _binder.RefusedAsync("waits"));
        await UntilMetricAsync("""scheduler_permit_wait_duration_seconds_count{result="Unschedulable"} 1""");
        await UntilMetricAsync("""scheduler_unschedulable_pods{plugin="Gatekeeper",profile="default-scheduler"} 1""");
    }

    [Fact]
    public async Task WaitingPod_RejectedAfterAChange_IsTriedAgainSinceItMayHaveHelped()
    {
        _loop.PodChanged(null, Make.Pod("waits", with: p => p.Metadata.Annotations = new() { [Gatekeeper.Annotation] = "" }));
        var permit = await _gatekeeper.ArrivedAsync("waits");
        _loop.NodeChanged(null, Make.Node("m"));
        await UntilMetricAsync("""scheduler_cache_size{type="nodes"} 2""");
        permit.Reject("the group is not complete");
        await _binder.RefusedAsync("waits");
        await UntilMetricAsync("""scheduler_queue_incoming_pods_total{event="ScheduleAttemptFailure",queue="backoff"} 1""");
    }

    [Fact]
    public async Task WaitingPod_LosesItsPlace_IsTriedAgainSoon()
    {
        _loop.PodChanged(null, Make.Pod("waits", with: p => p.Metadata.Annotations = new() { [Gatekeeper.Annotation] = "" }));
        await _gatekeeper.ArrivedAsync("waits");
        await UntilAsync(() => _loop.PreemptPending("uid-waits", "DefaultPreemption"));       // it waits a moment after it has come to the gate
        Assert.Equal(("SchedulerError", "waiting on permit for pod: preempted", (string?)""), await _binder.RefusedAsync("waits"));
        await UntilMetricAsync("""scheduler_permit_wait_duration_seconds_count{result="Error"} 1""");
        await UntilMetricAsync("""scheduler_queue_incoming_pods_total{event="ScheduleAttemptFailure",queue="backoff"} 1""");
    }

    [Fact]
    public async Task PreparedPod_LosesItsPlace_IsTriedAgainSoon()
    {
        _slow.IsEnabled = true;
        _loop.PodChanged(null, Make.Pod("prepared"));
        await _slow.Begun.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        _slow.IsEnabled = false;
        Assert.True(_loop.PreemptPending("uid-prepared", "DefaultPreemption"));
        Assert.Equal(("SchedulerError", "preempted by DefaultPreemption", (string?)""), await _binder.RefusedAsync("prepared"));
        Assert.Equal("n", await _binder.BoundAsync("prepared"));
        Assert.False(_loop.PreemptPending("uid-prepared", "DefaultPreemption"));
    }

    [Fact]
    public async Task PreparedPod_Refused_IsTriedAgainAfterItsBackoff()
    {
        _slow.Refusal = "the disk is gone";
        _loop.PodChanged(null, Make.Pod("prepared"));
        Assert.Equal(("Unschedulable", "the disk is gone", (string?)""), await _binder.RefusedAsync("prepared"));
        _slow.Refusal = null;
        Assert.Equal("n", await _binder.BoundAsync("prepared"));
    }

    [Fact]
    public async Task PlacedPod_RefusedAtThePermit_HearsOfItsNode()
    {
        _slow.NoPermit = "not today";
        _loop.PodChanged(null, Make.Pod("p"));
        Assert.Equal(("Unschedulable", "0/1 nodes are available: 1 not today.", (string?)""), await _binder.RefusedAsync("p"));
        await UntilMetricAsync("""scheduler_unschedulable_pods{plugin="Slow",profile="default-scheduler"} 1""");
    }

    [Fact]
    public async Task WaitingPod_Updated_IsStillBoundWhenAllowed()
    {
        var waiting = Make.Pod("waits", with: p => p.Metadata.Annotations = new() { [Gatekeeper.Annotation] = "" });
        _loop.PodChanged(null, waiting);
        var permit = await _gatekeeper.ArrivedAsync("waits");
        _loop.PodChanged(waiting, waiting.DeepClone());
        permit.Allow();
        Assert.Equal("n", await _binder.BoundAsync("waits"));
        Assert.Equal("n", _binder.Nominated);
    }

    [Fact]
    public async Task Binding_Fails_IsTriedAgain()
    {
        _binder.Failures = 1;
        var pod = Make.Pod("p");
        _loop.PodChanged(null, pod);
        Assert.Equal("SchedulerError", (await _binder.RefusedAsync("p")).Reason);
        Assert.Equal("n", await _binder.BoundAsync("p"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nominated_GivesItsPromiseUp_OthersAreTriedAgain(bool isDeleted)
    {
        var promised = Make.Pod("promised", cpu: "4", with: p =>
        {
            p.Spec.SchedulingGates = [new() { Name = "later" }];
            (p.Spec.Priority, p.Status.NominatedNodeName) = (10, "n");
        });
        _loop.PodChanged(null, promised);
        _loop.PodChanged(null, Make.Pod("low", cpu: "4"));
        Assert.StartsWith("0/1 nodes are available: 1 Insufficient cpu.", (await _binder.RefusedAsync("low")).Message, StringComparison.Ordinal);

        var freed = promised.DeepClone();
        freed.Status.NominatedNodeName = null;
        _loop.PodChanged(promised, isDeleted ? null : freed);

        Assert.Equal("n", await _binder.BoundAsync("low"));
    }

    [Fact]
    public async Task Nominated_ItsNodeIsGoneAndNoOtherThere_LosesTheNomination()
    {
        _loop.PodChanged(null, Make.Pod("victim", cpu: "4", node: "n", with: p => p.Spec.Priority = 1));
        var important = Make.Pod("important", cpu: "4", with: p => p.Spec.Priority = 10);
        _loop.PodChanged(null, important);
        Assert.Equal("n", (await _binder.RefusedAsync("important")).Nominated);

        _loop.NodeChanged(Make.Node("n", cpu: "4"), null);
        _loop.PodChanged(Make.Pod("victim", cpu: "4", node: "n"), null);

        var (reason, message, nominated) = await _binder.RefusedAsync("important");
        Assert.Equal(("Unschedulable", "no nodes available to schedule pods", ""), (reason, message, nominated));
    }

    [Fact]
    public async Task Nominated_NoRoomLater_LosesTheNomination()
    {
        // Somebody of lower priority has the node: the pod is promised the place.
        var victim = Make.Pod("victim", cpu: "4", node: "n", with: p => p.Spec.Priority = 1);
        _loop.PodChanged(null, victim);
        var important = Make.Pod("important", cpu: "4", with: p => p.Spec.Priority = 10);
        _loop.PodChanged(null, important);
        Assert.Equal("n", (await _binder.RefusedAsync("important")).Nominated);

        // Then the node is cordoned, and a change of the pod has it tried again.
        var promised = important.DeepClone();
        promised.Status.NominatedNodeName = "n";
        _loop.NodeChanged(Make.Node("n", cpu: "4"), Make.Node("n", cpu: "4", with: n => n.Spec.Unschedulable = true));
        _loop.PodChanged(important, promised);
        var changed = promised.DeepClone();
        changed.Spec.Containers[0].Resources.Requests!["cpu"] = Quantity.Parse("3");
        _loop.PodChanged(promised, changed);

        Assert.Equal("", (await _binder.RefusedAsync("important")).Nominated);
    }

    private async Task UntilMetricAsync(string line)
    {
        for (var i = 0; i < 600 && !_metrics.Render().Contains(line, StringComparison.Ordinal); i++) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains(line, _metrics.Render(), StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        var isSo = condition();
        for (var i = 0; i < 600 && !isSo; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            isSo = condition();
        }
        Assert.True(isSo);
    }
}
