using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.Client.Metrics;
using Sampan.Kubelet.Nodes;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Nodes;

public sealed class NodeShutdownTests
{
    [Fact]
    public async Task Run_PodsOfSeveralPriorities_EndInTheirOrder()
    {
        await using var node = new Node();
        var pods = new[] { await RunAsync(node, "critical", 2_000_000_000), await RunAsync(node, "usual", 0) };
        var shutdown = node.UseShutdown(new() { ShutdownGracePeriod = TimeSpan.FromHours(2), ShutdownGracePeriodCriticalPods = TimeSpan.FromHours(1) });

        var running = shutdown.RunAsync(default);
        await node.UntilAsync(() => running.IsCompleted, "all pods end", TimeSpan.FromMilliseconds(100));

        await running;
        var stops = node.Runtime.Calls.Where(c => c.StartsWith("StopPodSandbox", StringComparison.Ordinal)).ToList();
        Assert.Equal(pods.Select(p => SandboxOf(node, p)).Reverse(), stops.Select(s => s.Split(' ')[1]).Distinct());
        await node.UntilAsync(() => pods.All(p => node.Status(p).Phase == "Failed"), "their end is told");
        Assert.All(pods, pod =>
        {
            Assert.Equal(("Failed", "Terminated"), (node.Status(pod).Phase, node.Status(pod).Reason));
            Assert.Equal("Pod was terminated in response to imminent node shutdown.", node.Status(pod).Message);
            Assert.Equal("TerminationByKubelet", node.Status(pod).Conditions!.Single(c => c.Type == "DisruptionTarget").Reason);
        });
    }

    /// <summary>Upstream: WaitForAllPodsUnmount. The drivers of volumes are critical pods.</summary>
    [Fact]
    public async Task Run_VolumesThatTakeTheirTime_AreGivenBackBeforeTheNextGroup()
    {
        var volumes = new SlowVolumes();
        await using var node = new Node(volumes: volumes);
        var pods = new[] { await RunAsync(node, "usual", 0), await RunAsync(node, "critical", 2_000_000_000) };
        var stop = $"StopPodSandbox {SandboxOf(node, pods[1])}";
        var shutdown = node.UseShutdown(new() { ShutdownGracePeriod = TimeSpan.FromHours(2), ShutdownGracePeriodCriticalPods = TimeSpan.FromHours(1) });

        var running = shutdown.RunAsync(default);
        await node.UntilAsync(() => volumes.IsAsked, "the first pod gives back", TimeSpan.FromMilliseconds(100));
        Assert.DoesNotContain(node.Runtime.Calls, call => call.StartsWith(stop, StringComparison.Ordinal));
        volumes.Free.SetResult();
        await node.UntilAsync(() => running.IsCompleted, "all pods end", TimeSpan.FromMilliseconds(100));

        await running;
        Assert.Contains(node.Runtime.Calls, call => call.StartsWith(stop, StringComparison.Ordinal));
    }

    /// <summary>Upstream: setMetrics; the times outlive the machine's rest.</summary>
    [Fact]
    public void Shutdown_Times_AreToldOnceTheMachineIsUpAgain()
    {
        using var directory = new TemporaryDirectory();
        var (time, file) = (new FakeTimeProvider(), directory["graceful_node_shutdown_state"]);
        var metrics = new NodeMetrics(new(), default, time, file);
        metrics.ShutdownBegan();
        Assert.Equal("""{"startTime":"2026-01-01T00:00:00Z","endTime":"0001-01-01T00:00:00Z"}""", File.ReadAllText(file));
        time.Advance(TimeSpan.FromSeconds(5));
        metrics.ShutdownEnded();

        var registry = new MetricRegistry();
        _ = new NodeMetrics(registry, default, time, file);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.Contains($"kubelet_graceful_shutdown_start_time_seconds {start}\n", registry.Render(), StringComparison.Ordinal);
        Assert.Contains($"kubelet_graceful_shutdown_end_time_seconds {start + 5}\n", registry.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PodThatDoesNotObey_IsGivenItsGroupsTime()
    {
        await using var node = new Node();
        node.Runtime.ObeysStop = _ => false;
        await RunAsync(node, "stubborn", 0, grace: 600);
        var shutdown = node.UseShutdown(new() { ShutdownGracePeriodByPodPriority = [new() { Priority = 0, ShutdownGracePeriodSeconds = 5 }] });

        var running = shutdown.RunAsync(default);
        await node.UntilAsync(() => node.Runtime.Calls.Contains("StopContainer web 5"), "it is given five seconds");
        Assert.False(running.IsCompleted);

        await node.InTimeAsync(() => running.IsCompleted, "it gives up waiting");
        await running;
    }

    [Fact]
    public async Task Admit_WhileItShutsDown_RejectsNewPods()
    {
        await using var node = new Node();
        var shutdown = node.UseShutdown(new() { ShutdownGracePeriod = TimeSpan.FromSeconds(30) });
        await shutdown.RunAsync(default);

        var pod = Node.Pod("late");
        node.Pods.Upsert(pod);

        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", "rejected");
        Assert.Equal("NodeShutdown", node.Status(pod).Reason);
        Assert.Contains("Pod was rejected as the node is shutting down.", node.Status(pod).Message);
        Assert.Contains("node is shutting down", await new NodeHealth(node.Runtime, node.Cache, () => shutdown.IsActive).ProblemsAsync(default));
    }

    [Fact]
    public void IsConfigured_WithoutTime_IsNot()
    {
        Assert.False(new NodeShutdown(new(), null!, new FakeEvents(), new NodeMetrics(new(), default, TimeProvider.System), TimeProvider.System, NullLogger.Instance).IsConfigured);
    }

    private static string SandboxOf(Node node, Pod pod) => node.Cache.Get(pod.Metadata.Uid).LatestSandbox!.Id;

    private static Task<Pod> RunAsync(Node node, string name, int priority, long grace = 30) => node.RunAsync(Node.Pod(name, p =>
    {
        p.Spec.Priority = priority;
        p.Spec.TerminationGracePeriodSeconds = grace;
    }));
}
