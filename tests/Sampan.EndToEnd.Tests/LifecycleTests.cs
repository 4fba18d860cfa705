using System.Text.Json.Nodes;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

public sealed class LifecycleTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Status_OfARunningCluster_TellsWhatItUses()
    {
        var status = JsonNode.Parse(await Cluster.SampanAsync("status", "-o", "json"))!;
        Assert.Equal("Running", (string?)status["state"]);
        Assert.Equal("Ready", (string?)status["nodes"]![0]!["state"]);
        Assert.True((long)status["server"]!["residentBytes"]! > 0);
        TestContext.Current.SendDiagnosticMessage($"up: {Cluster.UpTime.TotalSeconds:0.00} s; {status["server"]}");
    }

    [Fact]
    public async Task ImageList_AfterLoad_HasTheImages() =>
        Assert.Contains("docker.io/library/nginx:2", await Cluster.SampanAsync("image", "list"), StringComparison.Ordinal);

    [Fact]
    public async Task DownThenUp_PodsAndObjects_ComeBack()
    {
        await DeployWebAsync(replicas: 1);
        await Cluster.SampanAsync("down");
        await TestCluster.EventuallyAsync("nothing is left on the host", async () => await LeftOversAsync() == "", 30);      // the kernel removes namespaces a moment later
        await Cluster.SampanAsync("up", "--no-kubeconfig");
        await RolledOutAsync("web");
        var ip = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        await ServesAsync(ip, "nginx 1\n");
    }

    /// <summary>What is still on the host that a cluster made: nothing, after `down`.</summary>
    private async Task<string> LeftOversAsync()
    {
        var left = new List<string>();
        left.AddRange((await Cluster.Host.RunAsync("nft", "list", "tables")).Split('\n').Where(line => line.Contains("sampan", StringComparison.Ordinal)));
        left.AddRange((await Cluster.Host.RunAsync("ip", "-o", "link")).Split('\n').Where(line => line.Contains("sampan0", StringComparison.Ordinal) || line.Contains("veth", StringComparison.Ordinal)));
        left.AddRange((await File.ReadAllLinesAsync("/proc/self/mountinfo")).Where(line => line.Contains(Cluster.DataDirectory, StringComparison.Ordinal)));
        left.AddRange(Directory.EnumerateDirectories("/sys/fs/cgroup").SelectMany(d => Directory.EnumerateDirectories(d, $"sampan-{Path.GetFileName(Cluster.DataDirectory)}")));
        left.AddRange((await Shell.TryAsync("pgrep", ["-af", Cluster.DataDirectory])).Output.Split('\n').Where(line => line.Contains("containerd", StringComparison.Ordinal) || line.Contains("sampan server", StringComparison.Ordinal)));
        return string.Join('\n', left);
    }
}
