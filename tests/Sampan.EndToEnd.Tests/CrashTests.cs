using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

public sealed class CrashTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Server_KilledWhileWriting_LosesNothingAndLeavesContainersRunning()
    {
        await StartShellAsync();
        var container = await ContainerAsync();
        var acknowledged = new List<string>();
        var writer = WriteUntilItFailsAsync(acknowledged);
        await TestCluster.EventuallyAsync("some writes are acknowledged", () => Task.FromResult(acknowledged.Count >= 5));
        await KillAsync();
        await writer;

        await Cluster.SampanAsync("up", "--no-kubeconfig");
        var found = (await KubectlAsync("get", "configmaps", "-o", "name")).Split('\n');
        Assert.All(acknowledged, name => Assert.Contains($"configmap/{name}", found));
        await PodReadyAsync("shell");
        Assert.Equal(container, await ContainerAsync());
        Assert.Equal("still here\n", await ShellAsync("echo still here"));
    }

    [Fact]
    public async Task Server_Killed_TrafficToServicesFlowsOn()
    {
        await DeployWebAsync(replicas: 2);
        var address = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        await using var load = HttpLoad.Start(Cluster.Host, $"http://{address}/");
        await KillAsync();
        for (var i = 0; i < 20; i++) Assert.Equal("nginx 1\n", await Cluster.Host.RunAsync("curl", "-sS", "-m", "20", $"http://{address}/"));
        await Cluster.SampanAsync("up", "--no-kubeconfig");
        await RolledOutAsync("web");
        var seen = await load.StopAsync();
        Assert.True(seen.Keys.SequenceEqual(["200"]), string.Join(", ", seen.Select(s => $"{s.Value} times {s.Key}")));
    }

    private async Task KillAsync()
    {
        var pid = (await File.ReadAllTextAsync($"{Cluster.DataDirectory}/run/server.pid", TestContext.Current.CancellationToken)).Split(' ')[0];
        await Shell.RunAsync("kill", ["-9", pid]);
    }

    private async Task WriteUntilItFailsAsync(List<string> acknowledged)
    {
        for (var i = 0; ; i++)
        {
            var result = await TryKubectlAsync("create", "configmap", $"written-{i}", "--from-literal=a=b", "--request-timeout=3s");
            if (result.ExitCode != 0) return;
            acknowledged.Add($"written-{i}");
        }
    }

    private Task<string> ContainerAsync() =>
        KubectlAsync("get", "pod", "shell", "-o", "jsonpath={.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}");
}
