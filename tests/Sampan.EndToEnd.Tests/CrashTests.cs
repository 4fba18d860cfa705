using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

public sealed class CrashTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Server_KilledWhileWriting_LosesNothingAndLeavesContainersRunning()
    {
        await StartShellAsync();
        var container = await ContainerAsync();
        var pid = int.Parse((await File.ReadAllTextAsync($"{Cluster.DataDirectory}/run/server.pid", TestContext.Current.CancellationToken)).Split(' ')[0]);
        var acknowledged = new List<string>();
        var writer = WriteUntilItFailsAsync(acknowledged);
        await TestCluster.EventuallyAsync("some writes are acknowledged", () => Task.FromResult(acknowledged.Count >= 5));
        await Shell.RunAsync("kill", ["-9", $"{pid}"]);
        await writer;

        await Cluster.SampanAsync("up", "--no-kubeconfig");
        var found = (await KubectlAsync("get", "configmaps", "-o", "name")).Split('\n');
        Assert.All(acknowledged, name => Assert.Contains($"configmap/{name}", found));
        await PodReadyAsync("shell");
        Assert.Equal(container, await ContainerAsync());
        Assert.Equal("still here\n", await ShellAsync("echo still here"));
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
