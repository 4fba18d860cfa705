using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Tests.Fakes;
using Sampan.Kubelet.Volumes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Admission;

public sealed class PodAdmissionTests
{
    [Theory]
    [InlineData("cpu", "3", "1500m", "OutOfcpu", "cpu, requested: 1500, used: 3000, capacity: 4000")]
    [InlineData("memory", "6Gi", "4Gi", "OutOfmemory", "memory, requested: 4294967296, used: 6442450944, capacity: 8589934592")]
    public async Task Admit_NotEnoughLeft_RejectsThePod(string resource, string used, string wanted, string reason, string message)
    {
        await using var node = new Node();
        await node.RunAsync(Wanting("first", resource, used));
        var status = await RejectedAsync(node, Wanting("second", resource, wanted));

        Assert.Equal(reason, status.Reason);
        Assert.Equal($"Pod was rejected: Node didn't have enough resource: {message}", status.Message);
        Assert.Null(status.ContainerStatuses);
        Assert.NotNull(status.StartTime);
        Assert.Contains($"Warning {reason} Node didn't have enough resource: {message}", node.Events.All);
        Assert.Null(node.Runtime.Running("second", "web"));
    }

    [Fact]
    public async Task Admit_NodeIsFull_RejectsThePod()
    {
        await using var node = new Node();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await node.RunAsync(Node.Pod(name));
        }

        var status = await RejectedAsync(node, Node.Pod("d"));
        Assert.Equal("OutOfpods", status.Reason);
        Assert.Equal("Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3", status.Message);
    }

    [Fact]
    public async Task Admit_TwoForTheRoomOfOne_LetsInWhoComesFirst()
    {
        await using var node = new Node();
        var (first, second) = (Wanting("z", "cpu", "3"), Wanting("a", "cpu", "3"));
        node.Pods.Upsert(first);
        Assert.Equal("OutOfcpu", (await RejectedAsync(node, second)).Reason);
        await node.UntilAsync(() => node.Status(first).Phase == "Running", "the first runs");
    }

    /// <summary>Upstream: TestWaitForAttachAndMountVolumeAttachLimitExceededError, and SyncPod, which rejects the pod.</summary>
    [Fact]
    public async Task Mount_MoreVolumesThanTheNodeTakes_RejectsThePod()
    {
        var volumes = new SlowVolumes { Refusal = new VolumesNotReady(["no more"]) { IsBeyondLimit = true } };
        volumes.Free.SetResult();
        await using var node = new Node(volumes: volumes);
        var status = await RejectedAsync(node, Node.Pod("a"));

        Assert.Equal(("VolumeAttachmentLimitExceeded", "Pod was rejected: no more"), (status.Reason, status.Message));
        Assert.Contains("Warning VolumeAttachmentLimitExceeded no more", node.Events.All);
        Assert.Empty(node.Runtime.Containers);
    }

    [Fact]
    public async Task Admit_AfterAnotherPodEnded_TakesItsRoom()
    {
        await using var node = new Node();
        var first = await node.RunAsync(Wanting("first", "cpu", "4"));
        node.Pods.Upsert(Node.Deleted(first, grace: 0));
        await node.UntilAsync(() => node.Statuses.Deleted.Contains("first"), "the first is gone", TimeSpan.FromSeconds(1));

        await node.RunAsync(Wanting("second", "cpu", "4"));
    }

    [Fact]
    public async Task Admit_HostPortIsTaken_RejectsThePod()
    {
        await using var node = new Node();
        await node.RunAsync(Node.Pod("a", p => p.Spec.Containers[0].Ports = [new() { ContainerPortValue = 80, HostPort = 8080 }]));
        var status = await RejectedAsync(node, Node.Pod("b", p => p.Spec.Containers[0].Ports = [new() { ContainerPortValue = 80, HostPort = 8080, HostIP = "127.0.0.1" }]));

        Assert.Equal("NodePorts", status.Reason);
        Assert.Equal("Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports", status.Message);
        await node.RunAsync(Node.Pod("c", p => p.Spec.Containers[0].Ports = [new() { ContainerPortValue = 80, HostPort = 8080, Protocol = "UDP" }]));
    }

    [Fact]
    public async Task Admit_LabelIsMissing_RejectsThePodUnlessTheApiServerHasIt()
    {
        await using var node = new Node();
        var status = await RejectedAsync(node, Node.Pod("a", p => p.Spec.NodeSelector = new() { ["disk"] = "ssd" }));
        Assert.Equal("NodeAffinity", status.Reason);
        Assert.Equal("Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector", status.Message);

        node.ApiNow = new() { Metadata = new() { Name = "node", Labels = new() { ["disk"] = "ssd" } } };
        await node.RunAsync(Node.Pod("b", p => p.Spec.NodeSelector = new() { ["disk"] = "ssd" }));
    }

    [Fact]
    public async Task Admit_TaintIsNotTolerated_RejectsThePod()
    {
        await using var node = new Node();
        node.Api.Spec.Taints = [new() { Key = "down", Effect = "NoExecute" }];
        Assert.Equal("TaintToleration", (await RejectedAsync(node, Node.Pod("a"))).Reason);
        await node.RunAsync(Node.Pod("b", p => p.Spec.Tolerations = [new() { Operator = "Exists" }]));
    }

    /// <summary>Upstream: TestHandleNodeSelectorBasedOnOS; the label of the pod, not its selector, is looked at.</summary>
    [Fact]
    public async Task Admit_LabelOfAnotherSystem_RejectsThePod()
    {
        await using var node = new Node();
        var status = await RejectedAsync(node, Node.Pod("a", p => p.Metadata.Labels = new() { ["kubernetes.io/os"] = "windows" }));
        Assert.Equal(("PodOSSelectorNodeLabelDoesNotMatch", "Pod was rejected: Failed to admit pod as the `kubernetes.io/os` label doesn't match node label"), (status.Reason, status.Message));
        await node.RunAsync(Node.Pod("b", p => p.Metadata.Labels = new() { ["kubernetes.io/os"] = "linux" }));
    }

    private static Pod Wanting(string name, string resource, string amount) =>
        Node.Pod(name, p => p.Spec.Containers[0].Resources.Requests = new() { [resource] = Quantity.Parse(amount) });

    private static async Task<PodStatus> RejectedAsync(Node node, Pod pod)
    {
        node.Pods.Upsert(pod);
        await node.UntilAsync(() => node.Status(pod).Phase == "Failed", $"{pod.Metadata.Name} is rejected");
        return node.Status(pod);
    }
}
