using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client.Tests.Fakes;
using Sampan.Kubelet.Simulated;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Api.Core.V1.Node;

namespace Sampan.Kubelet.Tests.Simulated;

/// <summary>Simulated nodes and their pods on a clock that the test moves.</summary>
public sealed class SimulatedNodesTests : IAsyncLifetime
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _time = new();
    private readonly DateTimeOffset _began;
    private readonly FakeApi _api;
    private readonly List<SimulatedNodes> _started = [];

    public SimulatedNodesTests() => (_api, _began) = (new FakeApi(_time), _time.GetUtcNow());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var nodes in _started) await nodes.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Pod_WithTimes_StartsAndIsReadyAfterThem()
    {
        await StartAsync(1);
        Create("p", (SimulationAnnotations.StartAfter, "2s"), (SimulationAnnotations.ReadyAfter, "5s"));
        await UntilAsync("p", pod => pod?.Status.Phase == "Running", after: TimeSpan.FromSeconds(2));
        Assert.False(IsReady(Find("p")));
        await UntilAsync("p", IsReady, after: TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Pod_ThatIsNeverReady_RunsAllTheSame()
    {
        await StartAsync(1);
        Create("p", (SimulationAnnotations.ReadyAfter, "never"));
        await UntilAsync("p", pod => pod?.Status.Phase == "Running");
        Advance(TimeSpan.FromMinutes(10));
        Assert.False(IsReady(Find("p")));
    }

    [Theory]
    [InlineData("Never", "0", "Succeeded")]
    [InlineData("Never", "3", "Failed")]
    [InlineData("OnFailure", "0", "Succeeded")]
    public async Task Pod_ThatEnds_EndsAsItsCodeAndPolicySay(string policy, string code, string phase)
    {
        await StartAsync(1);
        Create("p", policy, (SimulationAnnotations.RunFor, "30s"), (SimulationAnnotations.ExitCode, code));
        await UntilAsync("p", pod => pod?.Status.Phase == phase, after: TimeSpan.FromSeconds(30));
        Assert.Equal(code, Find("p")!.Status.ContainerStatuses![0].State.Terminated!.ExitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Pod_ThatFails_IsRestartedLaterEachTime()
    {
        await StartAsync(1);
        Create("p", "OnFailure", (SimulationAnnotations.RunFor, "1s"), (SimulationAnnotations.ExitCode, "1"));
        string? reason = null;
        await UntilAsync("p", pod => HasRestarted(pod, 1), after: TimeSpan.FromSeconds(1));
        await UntilAsync("p", pod => HasRestarted(pod, 2), after: TimeSpan.FromSeconds(12));          // 1 + 10 + 1
        await UntilAsync("p", pod => HasRestarted(pod, 3), after: TimeSpan.FromSeconds(33));          // … + 20 + 1
        await UntilAsync("p", pod => (reason = pod?.Status.ContainerStatuses?[0].State.Waiting?.Reason) is not null);
        Assert.Equal("CrashLoopBackOff", reason);
    }

    [Fact]
    public async Task Pod_ThatCannotStart_SaysWhy()
    {
        await StartAsync(1);
        Create("p", (SimulationAnnotations.FailStart, "ImagePullBackOff"));
        await UntilAsync("p", pod => pod?.Status.ContainerStatuses?[0].State.Waiting?.Reason == "ImagePullBackOff");
        Assert.Equal("Pending", Find("p")!.Status.Phase);
    }

    [Theory]
    [InlineData("10s", 30, 10)]
    [InlineData("5m", 30, 30)]
    public async Task Pod_ThatIsDeleted_StaysAsLongAsItSaysWithinTheGracePeriod(string stopAfter, int grace, int expected)
    {
        await StartAsync(1);
        Create("p", (SimulationAnnotations.StopAfter, stopAfter));
        await UntilAsync("p", pod => pod?.Status.Phase == "Running");
        var deleted = _time.GetUtcNow();
        var pod = Find("p")!.DeepClone();
        (pod.Metadata.DeletionTimestamp, pod.Metadata.DeletionGracePeriodSeconds) = (deleted.AddSeconds(grace), grace);
        _api.Put(pod);
        await Eventually.TrueAsync(() => _api.Requests.Any(r => r is { Verb: "delete", Resource.Resource: "pods" }), "the pod's end", () => Advance(Tick));
        Assert.True(_time.GetUtcNow() - deleted >= TimeSpan.FromSeconds(expected), "it went too early");
    }

    [Theory]
    [InlineData(1_000, 100)]
    [InlineData(5_000, 500)]
    [InlineData(100_000, 500)]
    public void Leases_OfManyNodes_AreRenewedEvenly(int count, int each)
    {
        var options = new SimulatedNodesOptions { Client = _api.Client, Count = count };
        var bySecond = Enumerable.Range(0, count).CountBy(number => (int)options.FirstRenewal(number).TotalSeconds).ToDictionary();
        Assert.Equal((int)options.LeaseInterval.TotalSeconds, bySecond.Count);
        Assert.All(bySecond.Values, renewals => Assert.InRange(renewals, each * 9 / 10, each * 11 / 10));
    }

    [Fact]
    public async Task Nodes_AllRegisteredAndRenewed_HaveALeaseEach()
    {
        await StartAsync(50);
        await Eventually.TrueAsync(() => _api.List<Lease>().Count == 50, "all leases", () => Advance(Tick));
        Assert.All(_api.List<Node>(), node => Assert.Contains(node.Status.Conditions!, c => c is { Type: "Ready", Status: "True" }));
        Assert.Equal(3, _api.List<Node>().Select(node => node.Metadata.Labels!["topology.kubernetes.io/zone"]).Distinct().Count());
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(5_000, 10)]
    [InlineData(50_000, 100)]
    [InlineData(100_000, 200)]
    public void LeaseInterval_OfMoreNodes_KeepsToFiveHundredWritesASecond(int count, int seconds)
    {
        var options = new SimulatedNodesOptions { Client = _api.Client, Count = count };
        Assert.Equal((TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds * 5)), (options.LeaseInterval, options.MonitorGracePeriod));
    }

    [Fact]
    public async Task Node_ThatIsSilent_RenewsNothingAndLeavesItsPodsAlone()
    {
        await StartAsync(1);
        await Eventually.TrueAsync(() => _api.List<Lease>().Count == 1, "the lease", () => Advance(Tick));
        Silence("true");
        await Eventually.TrueAsync(() => _api.IsQuiet, "the annotation seen");
        Create("p");
        // What was under way may still arrive; then there is a minute without a renewal.
        DateTimeOffset last;
        var tries = 0;
        do
        {
            last = Renewed();
            for (var i = 0; i < 60; i++) Advance(TimeSpan.FromSeconds(1));
        }
        while (Renewed() != last && ++tries < 20);
        Assert.Equal(last, Renewed());
        Assert.NotEqual("Running", Find("p")!.Status.Phase);

        Silence(null);
        await Eventually.TrueAsync(() => Renewed() > last, "the lease again", () => Advance(Tick));
    }

    [Fact]
    public async Task Node_OfAnotherMaker_IsTakenOverWithItsCapacity()
    {
        await StartAsync(0);
        _api.Put(new Node
        {
            Metadata = new() { Name = "added", Annotations = new() { [SimulationAnnotations.Node] = "true" } },
            Status = new() { Capacity = new() { ["cpu"] = Quantity.Parse("3") } },
        });
        await Eventually.TrueAsync(() => _api.Find<Node>(null, "added")!.Status.Conditions?.Any(c => c is { Type: "Ready", Status: "True" }) == true, "the node is ready", () => Advance(Tick));
        Assert.Equal("3", _api.Find<Node>(null, "added")!.Status.Allocatable!["cpu"].ToString());
    }

    private async Task StartAsync(int count)
    {
        var nodes = new SimulatedNodes(new SimulatedNodesOptions { Client = _api.Client, Count = count, Time = _time, Logs = NullLoggerFactory.Instance });
        _started.Add(nodes);
        await nodes.StartAsync(Ct);
        await nodes.ReadyAsync(Ct);
    }

    private void Create(string name, params (string Key, string Value)[] behaviour) => Create(name, "Always", behaviour);

    private void Create(string name, string restartPolicy, params (string Key, string Value)[] behaviour) => _api.Put(new Pod
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = "uid-" + name, Annotations = behaviour.ToDictionary(b => b.Key, b => b.Value) },
        Spec = new() { NodeName = "simulated-0", RestartPolicy = restartPolicy, Containers = [new() { Name = "main", Image = "app:1" }] },
        Status = new() { Phase = "Pending" },
    });

    // The pod is there since the clock's beginning, or a moment after it.
    private async Task UntilAsync(string name, Func<Pod?, bool> condition, TimeSpan after = default)
    {
        await Eventually.TrueAsync(() => condition(Find(name)), $"{name} after {after}", () => Advance(Tick));
        var elapsed = _time.GetUtcNow() - _began;
        Assert.True(elapsed >= after, $"{name} was there after {elapsed}, earlier than {after}");
    }

    private void Advance(TimeSpan by) => _time.Advance(by);

    private void Silence(string? value)
    {
        var node = _api.Find<Node>(null, "simulated-0")!.DeepClone();
        node.Metadata.Annotations![SimulationAnnotations.Silent] = value!;
        if (value is null) node.Metadata.Annotations.Remove(SimulationAnnotations.Silent);
        _api.Put(node);
    }

    private DateTimeOffset Renewed() => _api.Find<Lease>("kube-node-lease", "simulated-0")!.Spec!.RenewTime!.Value;

    private Pod? Find(string name) => _api.Find<Pod>("default", name);

    private static bool HasRestarted(Pod? pod, int times) => pod?.Status.ContainerStatuses?[0].RestartCount >= times;

    private static bool IsReady(Pod? pod) => pod?.Status.Conditions?.Any(c => c is { Type: "Ready", Status: "True" }) == true;
}
