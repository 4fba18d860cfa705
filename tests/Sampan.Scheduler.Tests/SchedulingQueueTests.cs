using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Tests;

public sealed class SchedulingQueueTests
{
    private readonly ManualTime _time = new();
    private readonly SchedulingQueue _queue;

    public SchedulingQueueTests()
    {
        _queue = new SchedulingQueue([Profile.Default()], _time);
    }

    [Fact]
    public void Pop_SeveralPods_HighestPriorityThenOldest()
    {
        _queue.AddOrUpdate(Make.Info("first"));
        _time.Advance(1);
        _queue.AddOrUpdate(Make.Info("second"));
        _time.Advance(1);
        _queue.AddOrUpdate(Make.Info("urgent", with: p => p.Spec.Priority = 100));
        Assert.Equal(["urgent", "first", "second"], PopAll());
    }

    [Fact]
    public void Move_ChangeOfInterest_BringsThePodBackAfterItsBackoffWhileOthersWait()
    {
        Refuse(Make.Info("p", cpu: "2", with: p => p.Spec.Priority = 5), "NodeResourcesFit");
        _queue.AddOrUpdate(Make.Info("first"));
        _queue.AddOrUpdate(Make.Info("second"));
        _queue.Move(new(ClusterEventKind.NodeAdd, Node: Make.Node("n", cpu: "4")));
        Assert.Equal("first", _queue.Pop()!.Pod.Key.Name);
        _time.Advance(1);
        Assert.Equal(["p", "second"], PopAll());
    }

    [Fact]
    public void Move_ChangeOfInterestAndNothingElseToDo_BringsThePodsBackAtOnceByImportance()
    {
        foreach (var (name, priority) in new[] { ("low", 1), ("high", 9), ("middle", 5) }) Refuse(Make.Info(name, cpu: "2", with: p => p.Spec.Priority = priority), "NodeResourcesFit");
        _queue.Move(new(ClusterEventKind.NodeAdd, Node: Make.Node("n", cpu: "4")));
        Assert.Equal((3, 0), (_queue.BackoffCount, _queue.ActiveCount));
        Assert.Equal(["high", "middle", "low"], PopAll());
        Assert.Equal(0, _queue.BackoffCount);
    }

    [Fact]
    public void Move_WhileHeldBack_WaitsUntilTheGateIsAskedAgain()
    {
        var gate = new Gate();
        var queue = new SchedulingQueue([Profile.Default(additional: [(gate, 0)])], _time);
        queue.AddOrUpdate(Make.Info("p", cpu: "2"));
        queue.AddUnschedulable(queue.Pop()!, new HashSet<string> { "NodeResourcesFit" });
        gate.IsClosed = true;
        queue.Move(new(ClusterEventKind.NodeAdd, Node: Make.Node("n", cpu: "4")));
        Assert.Equal((1, 0), (queue.GatedCount, queue.UnschedulableCount));

        queue.Recheck("uid-p");
        Assert.Equal(1, queue.GatedCount);
        gate.IsClosed = false;
        queue.Recheck("uid-p");
        _time.Advance(1);
        Assert.Equal("p", queue.Pop()!.Pod.Key.Name);
    }

    [Theory]
    [InlineData(ClusterEventKind.Other, true, 1)]
    [InlineData(ClusterEventKind.Other, false, 0)]
    [InlineData(ClusterEventKind.NodeAdd, true, 0)]
    public void Move_ChangeThatMayOpenTheGate_AsksItAgain(ClusterEventKind kind, bool mayOpen, int active)
    {
        var gate = new Gate { IsClosed = true, MayOpen = mayOpen };
        var queue = new SchedulingQueue([Profile.Default(additional: [(gate, 0)])], _time);
        queue.AddOrUpdate(Make.Info("p"));
        gate.IsClosed = false;
        queue.Move(new(kind));
        Assert.Equal((active, 1 - active), (queue.ActiveCount, queue.GatedCount));
    }

    [Fact]
    public void AddOrUpdate_ClaimsWereMadeForAGatedPod_AsksTheGateAgain()
    {
        var gate = new Gate { IsClosed = true };
        var queue = new SchedulingQueue([Profile.Default(additional: [(gate, 0)])], _time);
        queue.AddOrUpdate(Make.Info("p"));
        gate.IsClosed = false;
        queue.AddOrUpdate(Make.Info("p", with: p => p.Status.Phase = "Pending"));
        Assert.Equal((0, 1), (queue.ActiveCount, queue.GatedCount));
        queue.AddOrUpdate(Make.Info("p", with: p => p.Status.ResourceClaimStatuses = [new() { Name = "gpu", ResourceClaimName = "p-gpu" }]));
        Assert.Equal((1, 0), (queue.ActiveCount, queue.GatedCount));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Activate_PodThatWaits_ComesToTheFrontUnlessItIsHeldBack(bool isOpen, bool comes)
    {
        var gate = new Gate();
        var queue = new SchedulingQueue([Profile.Default(additional: [(gate, 0)])], _time);
        queue.AddOrUpdate(Make.Info("p", cpu: "2"));
        queue.AddUnschedulable(queue.Pop()!, new HashSet<string> { "NodeResourcesFit" });
        gate.IsClosed = !isOpen;
        queue.Activate("uid-p");
        Assert.Equal(comes, queue.Pop() is not null);
        queue.Activate("uid-nobody");
    }

    [Fact]
    public void AddBackoff_NothingElseToDo_WaitsNevertheless()
    {
        _queue.AddOrUpdate(Make.Info("p"));
        _queue.AddBackoff(_queue.Pop()!);
        Assert.Empty(PopAll());
        _time.Advance(1);
        Assert.Equal(["p"], PopAll());
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(5, 1)]
    [InlineData(4, 0)]
    public void Move_UpToAPriority_LeavesTheMoreImportantOnes(int upTo, int moved)
    {
        Refuse(Make.Info("p", cpu: "2", with: p => p.Spec.Priority = 5), "NodeResourcesFit");
        _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: Make.Info("o")), upTo);
        Assert.Equal((moved, 1 - moved), (_queue.BackoffCount, _queue.UnschedulableCount));
    }

    [Fact]
    public void Move_NodeTooSmall_DoesNotBringThePodBack()
    {
        Refuse(Make.Info("p", cpu: "2"), "NodeResourcesFit");
        _queue.Move(new(ClusterEventKind.NodeAdd, Node: Make.Node("n", cpu: "1")));
        _time.Advance(20);
        Assert.Empty(PopAll());
    }

    [Fact]
    public void Move_ChangeOfNoInterest_IsIgnored()
    {
        Refuse(Make.Info("p"), "TaintToleration");
        _queue.Move(new(ClusterEventKind.AssignedPodDelete, Pod: Make.Info("other")));
        _time.Advance(20);
        Assert.Empty(PopAll());
    }

    [Theory]
    [InlineData("Extender")]
    [InlineData("PluginThatDoesNotSay")]
    public void Move_RefusedByOneThatDoesNotSayWhatHelps_BringsThePodBack(string plugin)
    {
        _queue.AddOrUpdate(Make.Info("p"));
        _queue.AddUnschedulable(_queue.Pop()!, new HashSet<string> { "NodeName", plugin });
        _queue.Move(new(ClusterEventKind.StorageClass));
        Assert.Equal((0, 1), (_queue.UnschedulableCount, _queue.BackoffCount));
    }

    [Fact]
    public void Pop_RefusedForFiveMinutes_IsTriedAgain()
    {
        Refuse(Make.Info("p"), "NodeAffinity");
        _time.Advance(299);
        Assert.Empty(PopAll());
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(1), _queue.NextDue);
        _time.Advance(1);
        Assert.Equal(["p"], PopAll());
    }

    [Fact]
    public void AddBackoff_EachFailure_WaitsTwiceAsLongUpToTenSeconds()
    {
        _queue.AddOrUpdate(Make.Info("p"));
        foreach (var seconds in (int[])[1, 2, 4, 8, 10, 10])
        {
            var queued = _queue.Pop()!;
            _queue.AddBackoff(queued);
            Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(seconds), _queue.NextDue);
            _time.Advance(seconds);
        }
    }

    [Fact]
    public void AddOrUpdate_Gated_WaitsUntilTheGateIsGone()
    {
        _queue.AddOrUpdate(Make.Info("p", with: p => p.Spec.SchedulingGates = [new() { Name = "quota" }]));
        Assert.Empty(PopAll());
        Assert.Equal(1, _queue.GatedCount);
        _queue.AddOrUpdate(Make.Info("p"));
        Assert.Equal(["p"], PopAll());
    }

    [Fact]
    public void Remove_WherePodWaits_ForgetsIt()
    {
        Refuse(Make.Info("p"), "NodeAffinity");
        _queue.Remove("uid-p");
        _time.Advance(600);
        Assert.Empty(PopAll());
    }

    private void Refuse(Cache.PodInfo pod, string plugin)
    {
        _queue.AddOrUpdate(pod);
        _queue.AddUnschedulable(_queue.Pop()!, new HashSet<string> { plugin });
    }

    private List<string> PopAll()
    {
        var names = new List<string>();
        while (_queue.Pop() is { } queued) names.Add(queued.Pod.Key.Name);
        return names;
    }

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(int seconds) => _now += TimeSpan.FromSeconds(seconds);
    }

    private sealed class Gate : IPreEnqueuePlugin
    {
        public string Name => nameof(Gate);

        public bool IsClosed { get; set; }

        public bool MayOpen { get; init; }

        public ClusterEventKind OpenedBy => ClusterEventKind.Other;

        bool IPreEnqueuePlugin.MayOpen(PodInfo pod, ClusterEvent change) => MayOpen;

        public PluginStatus PreEnqueue(PodInfo pod) => IsClosed ? PluginStatus.Unresolvable("closed") : PluginStatus.Success;
    }
}
