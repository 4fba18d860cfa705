using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

public sealed class WorkloadTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Container_ProcessKilled_IsRestarted()
    {
        await StartRestartingShellAsync();
        for (var restarts = 1; restarts <= 2; restarts++)
        {
            await TryKubectlAsync("exec", "shell", "--", "sh", "-c", "kill -TERM 1");
            await TestCluster.EventuallyAsync($"restart {restarts}", async () =>
                await KubectlAsync("get", "pod", "shell", "-o", "jsonpath={.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].ready}") == $"{restarts} true");
        }
        Assert.Contains("Started", await KubectlAsync("describe", "pod", "shell"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployment_PodDeleted_IsReplaced()
    {
        await DeployWebAsync(replicas: 2);
        var before = await PodNamesAsync();
        await KubectlAsync("delete", "pod", before[0]);
        await RolledOutAsync("web");
        var after = await PodNamesAsync();
        Assert.DoesNotContain(before[0], after);
        Assert.Contains(before[1], after);
    }

    [Fact]
    public async Task Deployment_ScaledUpAndDown_HasAsManyPods()
    {
        await DeployWebAsync(replicas: 1);
        await KubectlAsync("scale", "deployment/web", "--replicas=10");
        await RolledOutAsync("web");
        Assert.Equal(10, (await PodNamesAsync()).Length);
        await KubectlAsync("scale", "deployment/web", "--replicas=1");
        await TestCluster.EventuallyAsync("one pod is left", async () => (await PodNamesAsync()).Length == 1);
    }

    [Fact]
    public async Task Deployment_RollingUpdateUnderLoad_LosesNoRequestAndCanBeUndone()
    {
        await DeployWebAsync();
        var ip = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        await using var load = HttpLoad.Start(Cluster.Host, $"http://{ip}");
        await KubectlAsync("set", "image", "deployment/web", "nginx=nginx:2");
        await RolledOutAsync("web");
        await ServesAsync(ip, "nginx 2\n");
        await KubectlAsync("rollout", "undo", "deployment/web");
        await RolledOutAsync("web");
        await ServesAsync(ip, "nginx 1\n");
        var answers = await load.StopAsync();

        Assert.True(answers.GetValueOrDefault("200") > 50, $"too few requests to tell: {string.Join(", ", answers)}");
        Assert.Equal(["200"], answers.Keys);
        Assert.Contains("3", await KubectlAsync("rollout", "history", "deployment/web"), StringComparison.Ordinal);
    }

    private async Task StartRestartingShellAsync()
    {
        await KubectlAsync("run", "shell", "--image=busybox:1", "--image-pull-policy=Never", "--command", "--", "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 1; done");
        await PodReadyAsync("shell");
    }

    private async Task<string[]> PodNamesAsync() =>
        (await KubectlAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
