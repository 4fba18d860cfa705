using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Stats;

/// <summary>Upstream: pkg/kubelet/util/pod_startup_latency_tracker_test.go.</summary>
public sealed class PodStartsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _registry = new();
    private readonly PodStarts _starts;
    private readonly DateTimeOffset _created;

    public PodStartsTests()
    {
        _starts = new PodStarts(_registry, Buckets.PodStart, _time);
        _created = _time.GetUtcNow();
    }

    [Fact]
    public void Start_WithPullAndInitContainer_CountsBothInTheTotalOnly()
    {
        _starts.Seen(Pod(null));
        Pass(1);
        _starts.PullBegan("uid-a");
        _starts.PullBegan("uid-a");
        Pass(3);
        _starts.PullEnded("uid-a");
        Pass(1);
        _starts.PullEnded("uid-a");
        Pass(5);
        var running = Running(initSeconds: 5);
        _starts.Told("uid-a", running);
        Pass(1);
        _starts.Seen(Pod(running));
        _starts.Seen(Pod(running));

        Shows("kubelet_pod_start_total_duration_seconds_sum 11", "kubelet_pod_start_total_duration_seconds_count 1", "kubelet_pod_start_sli_duration_seconds_sum 2", "kubelet_first_network_pod_start_sli_duration_seconds 2");
    }

    [Fact]
    public void Start_StatefulPod_CountsInTheTotalOnly()
    {
        Run(p => p.Spec.Volumes = [new() { Name = "data", PersistentVolumeClaim = new() { ClaimName = "data" } }]);

        Shows("kubelet_pod_start_total_duration_seconds_count 1");
        Assert.DoesNotContain("kubelet_pod_start_sli_duration_seconds_count", _registry.Render());
    }

    [Fact]
    public void Start_HostNetwork_IsNotTheFirstOnTheNetwork()
    {
        Run(p => p.Spec.HostNetwork = true);

        Shows("kubelet_pod_start_sli_duration_seconds_count 1", "kubelet_first_network_pod_start_sli_duration_seconds 0");
    }

    [Fact]
    public void Start_PodHadToWaitForAPlace_DoesNotCount()
    {
        Run(_ => { }, before: p => p.Status.Conditions = [new() { Type = "PodScheduled", Status = "False" }]);

        Assert.DoesNotContain("_count", _registry.Render());
    }

    [Fact]
    public void Start_PodOfAnEarlierKubelet_DoesNotCount()
    {
        var running = Running();
        _starts.Seen(Pod(running));
        _starts.Told("uid-a", running);
        _starts.Seen(Pod(running));

        Assert.DoesNotContain("_count", _registry.Render());
    }

    private void Run(Action<Pod> change, Action<Pod>? before = null)
    {
        var first = Pod(null, change);
        before?.Invoke(first);
        _starts.Seen(first);
        Pass(2);
        _starts.Told("uid-a", Running());
        _starts.Seen(Pod(Running(), change));
    }

    private void Pass(int seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private Pod Pod(PodStatus? status, Action<Pod>? change = null) => Node.Pod("a", p =>
    {
        p.Metadata.CreationTimestamp = _created;
        p.Status = status ?? new();
        change?.Invoke(p);
    });

    private PodStatus Running(int initSeconds = 0) => new()
    {
        Phase = "Running",
        StartTime = _created,
        InitContainerStatuses = initSeconds == 0 ? null : [new() { Name = "init", State = new() { Terminated = new() { StartedAt = _created, FinishedAt = _created.AddSeconds(initSeconds) } } }],
        ContainerStatuses = [new() { Name = "web", State = new() { Running = new() { StartedAt = _created } } }],
    };

    private void Shows(params string[] lines)
    {
        var metrics = _registry.Render();
        Assert.All(lines, line => Assert.Contains(line + "\n", metrics, StringComparison.Ordinal));
    }
}
