using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Stats;

public sealed class PodCountsTests
{
    [Fact]
    public async Task Pod_RunsAndIsForgotten_IsCountedWhereItIs()
    {
        await using var node = new Node();
        PodCounts.AddTo(node.Metrics, node.Cache, () => node.Pods.Workers, node.Services.Allocations.IsInProgress, () => 0);
        var pod = await node.RunAsync(Node.Pod("a"));
        Shows(node, "kubelet_desired_pods{static=\"\"} 1", "kubelet_desired_pods{static=\"true\"} 0", "kubelet_active_pods{static=\"\"} 1", "kubelet_mirror_pods 0", "kubelet_running_pods 1");
        Shows(node, Working("desired", "sync", 1), Working("orphan", "terminating", 0), "kubelet_working_pods{config=\"runtime_only\",lifecycle=\"terminating\",static=\"unknown\"} 0");
        node.Runtime.ObeysStop = _ => false;

        node.Pods.Remove(pod);

        await node.UntilAsync(() => node.Metrics.Render().Contains(Working("orphan", "terminating", 1), StringComparison.Ordinal), "it ends, and nobody wants it");
        Shows(node, Working("desired", "sync", 0), "kubelet_desired_pods{static=\"\"} 0", "kubelet_active_pods{static=\"\"} 0");
    }

    [Fact]
    public async Task Pod_RunsAndChanges_IsMeasured()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Node.Pod("a"));
        await node.UntilAsync(() => node.Container(pod).Ready, "ready");
        var changed = pod.DeepClone();
        changed.Metadata.Labels = new() { ["a"] = "b" };
        node.Pods.Upsert(changed);

        await node.UntilAsync(() => node.Metrics.Render().Contains("kubelet_pod_worker_duration_seconds_count{operation_type=\"update\"} 1", StringComparison.Ordinal), "looked at again");
        Shows(node, "kubelet_pod_worker_duration_seconds_count{operation_type=\"create\"} 1", "kubelet_pod_worker_start_duration_seconds_count 1", "kubelet_pod_start_duration_seconds_count 1");
        Shows(node, "kubelet_containers_per_pod_count_sum 1", "kubelet_run_podsandbox_duration_seconds_count{runtime_handler=\"\"} 1", "kubelet_orphaned_runtime_pods_total 0");
    }

    /// <summary>Upstream: "should report terminated_containers_total metric". How often its status is told does not matter.</summary>
    [Fact]
    public async Task Containers_ThatEnd_AreCountedOnceEachByHow()
    {
        await using var node = new Node();
        var pod = Node.Pod("a", p => p.Spec.InitContainers = [Node.Container("init")]);
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Runtime.Running("a", "init") is not null, "it begins");
        node.Runtime.Exit(node.Runtime.Running("a", "init")!.Status.Id, 0);
        for (var restarts = 1; restarts <= 2; restarts++)
        {
            await node.UntilAsync(() => node.Container(pod) is { State.Running: not null } web && web.RestartCount == restarts - 1, "it runs", TimeSpan.FromSeconds(1));
            node.Runtime.Exit(node.Runtime.Running("a", "web")!.Status.Id, 139);
            await node.UntilAsync(() => node.Container(pod).RestartCount == restarts, "it runs again", TimeSpan.FromSeconds(1));
        }

        Shows(
            node, "kubelet_terminated_containers_total{container_type=\"init_container\",exit_code=\"0\",reason=\"Completed\"} 1",
            "kubelet_terminated_containers_total{container_type=\"container\",exit_code=\"139\",reason=\"Error\"} 2");
    }

    private static string Working(string config, string lifecycle, int count) => $"kubelet_working_pods{{config=\"{config}\",lifecycle=\"{lifecycle}\",static=\"\"}} {count}";

    private static void Shows(Node node, params string[] lines)
    {
        string metrics = node.Metrics.Render();
        Assert.All(lines, line => Assert.Contains(line, metrics, StringComparison.Ordinal));
    }
}
