using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Volumes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Pods;

/// <summary>Pods while the runtime has no network for them. Upstream: TestNetworkErrorsWithoutHostNetwork.</summary>
public sealed class NetworkTests
{
    [Fact]
    public async Task Start_WithoutANetwork_WaitsAndSaysSoUnlessThePodHasTheHosts()
    {
        await using var node = new Node();
        node.Runtime.Network = new() { Type = "NetworkReady", Status = false, Reason = "NetworkPluginNotReady", Message = "no CNI" };
        await node.Health.ProblemsAsync(default);
        var pod = Node.Pod("a");
        node.Pods.Upsert(pod);
        await node.UntilAsync(
            () => node.Events.All.Contains("Warning NetworkNotReady network is not ready: container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:no CNI"),
            "it is said");
        await node.RunAsync(Node.Pod("host", p => p.Spec.HostNetwork = true));
        Assert.Equal("Pending", node.Status(pod).Phase);
        Assert.Null(node.Runtime.Running("a", "web"));

        node.Runtime.Network = new() { Type = "NetworkReady", Status = true };
        await node.Health.RecheckNetworkAsync(default);

        await node.UntilAsync(() => node.Status(pod).Phase == "Running", "it runs without another wait");
    }

    /// <summary>Upstream: TestGetExtraSupplementalGroupsForPod.</summary>
    [Theory]
    [InlineData(null, "777")]
    [InlineData(777L, "777")]
    [InlineData(888L, "888,777")]
    public void Groups_OfVolumes_AreAddedToThePodsOwn(long? own, string groups)
    {
        var pod = Node.Pod("a", p => p.Spec.SecurityContext = own is { } group ? new() { SupplementalGroups = [group] } : null);
        MountedVolume[] volumes = [new("v", "/v", false) { Group = 777 }, new("w", "/w", false) { Group = 777 }, new("x", "/x", false)];

        Assert.Equal(groups, string.Join(',', SecurityContexts.ForContainer(pod, pod.Spec.Containers[0], null, new SeccompDefaults("/", false), null, volumes).SupplementalGroups));
        Assert.Equal(own is null ? "" : groups, string.Join(',', SecurityContexts.ForSandbox(pod, volumes).SupplementalGroups));
    }

    /// <summary>Upstream: TestGeneratePodSandboxLinuxConfigSupplementalGroups.</summary>
    [Theory]
    [InlineData(null, "Merge")]
    [InlineData("Merge", "Merge")]
    [InlineData("Strict", "Strict")]
    public void GroupsPolicy_OfAPod_GoesForItsSandboxToo(string? policy, string expected)
    {
        var pod = Node.Pod("a", p => p.Spec.SecurityContext = new() { SupplementalGroupsPolicy = policy });

        Assert.Equal(expected, SecurityContexts.ForContainer(pod, pod.Spec.Containers[0], null, new SeccompDefaults("/", false), null, []).SupplementalGroupsPolicy.ToString());
        Assert.Equal(expected, SecurityContexts.ForSandbox(pod, []).SupplementalGroupsPolicy.ToString());
    }
}
