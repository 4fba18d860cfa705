using Sampan.Api.Core.V1;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Pods from manifests that change or come back. Upstream: pkg/kubelet/pod_workers_test.go.</summary>
public sealed class StaticPodTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Replaced_OldOneStillEnds_NewOneWaitsForItAndItsPorts()
    {
        await using var node = new Node();
        var old = await node.RunAsync(Static("old"));
        node.Runtime.ObeysStop = _ => false;

        node.Pods.Remove(old);
        var changed = Static("new");
        node.Pods.Upsert(changed);

        await node.UntilAsync(() => node.Runtime.Calls.Any(c => c.StartsWith("StopContainer", StringComparison.Ordinal)), "the old one is told to stop");
        Assert.Null(node.Status(changed).Phase);
        await node.InTimeAsync(() => node.Status(changed).Phase == "Running", "the new one runs");
        Assert.DoesNotContain(node.Events.All, e => e.Contains("NodePorts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Removed_AndBackUnderTheSameUidWhileItEnds_StartsAnew()
    {
        await using var node = new Node();
        var pod = await node.RunAsync(Static("same"));
        var first = node.Container(pod).ContainerID;
        node.Runtime.ObeysStop = _ => false;

        node.Pods.Remove(pod);
        await node.UntilAsync(() => node.Runtime.Calls.Any(c => c.StartsWith("StopContainer", StringComparison.Ordinal)), "it is told to stop");
        node.Pods.Upsert(pod);

        await node.UntilAsync(() => node.Container(pod) is { State.Running: not null } now && now.ContainerID != first, "it runs again", Second);
        Assert.Contains("kubelet_restarted_pods_total{static=\"true\"} 1", node.Metrics.Render());
    }

    private static Pod Static(string uid) => Node.Pod("manifest", p =>
    {
        p.Metadata.Uid = uid;
        p.Metadata.Annotations = new() { [RuntimeLabels.ConfigSource] = "file" };
        p.Spec.TerminationGracePeriodSeconds = 5;
        p.Spec.Containers[0].Ports = [new() { ContainerPortValue = 80, HostPort = 8080 }];
    });
}
