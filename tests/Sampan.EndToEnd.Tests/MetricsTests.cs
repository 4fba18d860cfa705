using System.Text.RegularExpressions;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>The built-in metrics server under kubectl and under an autoscaler.</summary>
public sealed class MetricsTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Top_PodsContainersAndNodes_ShowsWhatTheyUse()
    {
        await StartShellAsync();
        await TestCluster.EventuallyAsync("the pod is measured", async () => (await TryKubectlAsync("top", "pod", "shell")).ExitCode == 0);
        Assert.Matches(@"^NAME\s+CPU\(cores\)\s+MEMORY\(bytes\)\s*\nshell\s+\d+m\s+\d+Mi\s*$", await KubectlAsync("top", "pod", "-l", "run=shell"));
        Assert.Matches(@"^POD\s+NAME\s+CPU\(cores\)\s+MEMORY\(bytes\)\s*\nshell\s+shell\s+\d+m\s+\d+Mi\s*$", await KubectlAsync("top", "pod", "shell", "--containers"));
        await TestCluster.EventuallyAsync("the node is measured", async () =>
            Regex.IsMatch((await TryKubectlAsync("top", "node", "--no-headers")).Output, @"\s\d+m\s+\d+%\s+\d+Mi\s+\d+%\s*$"));
        Assert.Contains("NotFound", (await TryKubectlAsync("top", "pod", "nobody")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Autoscaler_PodsAtTheirLimit_MakesMore()
    {
        await ApplyAsync("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: busy }
            spec:
              selector: { matchLabels: { app: busy } }
              template:
                metadata: { labels: { app: busy } }
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: main
                    image: busybox:1
                    imagePullPolicy: Never
                    command: [sh, -c, "while :; do :; done"]
                    resources: { requests: { cpu: 20m }, limits: { cpu: 50m } }
            """);
        await KubectlAsync("autoscale", "deployment", "busy", "--min=1", "--max=2", "--cpu-percent=50");
        await TestCluster.EventuallyAsync("a second pod", async () => await KubectlAsync("get", "deployment", "busy", "-o", "jsonpath={.spec.replicas}") == "2");
        var autoscaler = await GetAsync("hpa", "busy");
        Assert.Equal("cpu", (string?)autoscaler["status"]!["currentMetrics"]![0]!["resource"]!["name"]);
        Assert.Contains(
            autoscaler["status"]!["conditions"]!.AsArray(), c => (string?)c!["type"] == "ScalingActive" && (string?)c["reason"] == "ValidMetricFound");
    }
}
