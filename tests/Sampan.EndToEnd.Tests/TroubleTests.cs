using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>What goes wrong is told where a user of Kubernetes looks for it.</summary>
public sealed class TroubleTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Pod_TooLargeForEveryNode_SaysWhyItIsPending()
    {
        await KubectlAsync("run", "huge", "--image=busybox:1", "--overrides", """{"spec":{"containers":[{"name":"huge","image":"busybox:1","resources":{"requests":{"cpu":"900"}}}]}}""");
        await TestCluster.EventuallyAsync("an event says why", async () =>
            (await KubectlAsync("describe", "pod", "huge")).Contains("0/1 nodes are available: 1 Insufficient cpu", StringComparison.Ordinal));
        Assert.Matches(@"huge\s+0/1\s+Pending", await KubectlAsync("get", "pod", "huge"));
        Assert.Equal("Unschedulable", await KubectlAsync("get", "pod", "huge", "-o", "jsonpath={.status.conditions[?(@.type=='PodScheduled')].reason}"));
    }

    [Fact]
    public async Task Pod_ImageDoesNotExist_SaysWhichAndBacksOff()
    {
        await KubectlAsync("run", "lost", "--image=localhost:1/no/such:image");
        await TestCluster.EventuallyAsync("the status says that the pull failed", async () =>
            await KubectlAsync("get", "pod", "lost", "-o", "jsonpath={.status.containerStatuses[0].state.waiting.reason}") is "ErrImagePull" or "ImagePullBackOff");
        await TestCluster.EventuallyAsync("an event names the image", async () =>
            (await KubectlAsync("describe", "pod", "lost")).Contains("Failed to pull image \"localhost:1/no/such:image\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pod_ContainerCrashes_IsInCrashLoopBackOffAndKeepsTheLog()
    {
        await KubectlAsync("run", "crash", "--image=busybox:1", "--image-pull-policy=Never", "--command", "--", "sh", "-c", "echo last words; exit 3");
        await TestCluster.EventuallyAsync("CrashLoopBackOff", async () =>
            (await KubectlAsync("get", "pod", "crash")).Contains("CrashLoopBackOff", StringComparison.Ordinal));
        Assert.Equal("3", await KubectlAsync("get", "pod", "crash", "-o", "jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"));
        Assert.Equal("last words\n", await KubectlAsync("logs", "crash", "--previous"));
        await TestCluster.EventuallyAsync("an event tells", async () =>
            (await KubectlAsync("describe", "pod", "crash")).Contains("Back-off restarting failed container crash", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifest_WithInvalidValues_NamesEachField()
    {
        var result = await Cluster.PipeKubectlAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: wrong }
            spec:
              containers:
              - { name: UPPER, image: busybox:1 }
              - { name: second, image: busybox:1, ports: [{ containerPort: 99999 }] }
            """, "-n", Namespace, "apply", "-f", "-");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("The Pod \"wrong\" is invalid", result.Error, StringComparison.Ordinal);
        Assert.Contains("spec.containers[0].name: Invalid value: \"UPPER\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("spec.containers[1].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_WithUnknownField_IsRefused()
    {
        var result = await Cluster.PipeKubectlAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: wrong }
            dta: { a: b }
            """, "-n", Namespace, "apply", "-f", "-");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("unknown field \"dta\"", result.Error, StringComparison.Ordinal);
    }
}
