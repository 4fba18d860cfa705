using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>kubectl with a replication controller and its running pods.</summary>
public sealed class ReplicationControllerTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Demo_CreatedScaledAndStopped_RunsAsManyPodsAsAsked()
    {
        await ApplyAsync(Demo);
        await RunsAsync(2);
        await KubectlAsync("scale", "rc", "demo", "--replicas=1", "--timeout=120s");
        await RunsAsync(1);
        await KubectlAsync("scale", "rc", "demo", "--replicas=2", "--timeout=120s");
        await RunsAsync(2);
        await KubectlAsync("delete", "rc", "demo", "--timeout=120s");
        await RunsAsync(0);
    }

    [Fact]
    public async Task Describe_OfController_TellsItsPods()
    {
        await ApplyAsync(Demo);
        await RunsAsync(2);
        await TestCluster.EventuallyAsync("it tells", async () =>
            System.Text.RegularExpressions.Regex.IsMatch(
                await KubectlAsync("describe", "rc", "demo"),
                @"Name:\s+demo\nNamespace:\s+\S+\nSelector:\s+app=demo\n[\s\S]*Replicas:\s+2 current / 2 desired\nPods Status:\s+2 Running / 0 Waiting / 0 Succeeded / 0 Failed\n[\s\S]*SuccessfulCreate"));
    }

    [Fact]
    public async Task Expose_OfControllerAndOfService_ServesItsPods()
    {
        await ApplyAsync(Demo);
        await RunsAsync(2);
        await KubectlAsync("expose", "rc", "demo", "--name=rm2", "--port=1234", "--target-port=80");
        await KubectlAsync("expose", "service", "rm2", "--name=rm3", "--port=2345", "--target-port=80");
        foreach (var (service, port) in ((string, int)[])[("rm2", 1234), ("rm3", 2345)])
        {
            var address = await KubectlAsync("get", "service", service, "-o", "jsonpath={.spec.clusterIP}");
            await TestCluster.EventuallyAsync($"{service} serves", async () =>
                (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://{address}:{port}")).Output == "demo\n");
        }
    }

    [Fact]
    public async Task Patch_OfEachPod_AddsAnnotations()
    {
        await ApplyAsync(Demo);
        await RunsAsync(2);
        var pods = (await KubectlAsync("get", "pods", "-l", "app=demo", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var pod in pods) await KubectlAsync("patch", pod, "-p", """{"metadata":{"annotations":{"x":"y"}}}""");
        Assert.Equal("y y", await KubectlAsync("get", "pods", "-l", "app=demo", "-o", "jsonpath={.items[*].metadata.annotations.x}"));
    }

    private Task RunsAsync(int pods) => TestCluster.EventuallyAsync($"{pods} pods are ready, and no other is there", async () =>
        await KubectlAsync("get", "pods", "-l", "app=demo", "-o", "jsonpath={range .items[*]}{.status.containerStatuses[*].ready} {end}")
            == string.Concat(Enumerable.Repeat("true ", pods)));

    private const string Demo = """
        apiVersion: v1
        kind: ReplicationController
        metadata: { name: demo }
        spec:
          replicas: 2
          selector: { app: demo }
          template:
            metadata: { labels: { app: demo } }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "mkdir /www; echo demo > /www/index.html; exec httpd -f -p 80 -h /www"]
                ports: [{ containerPort: 80 }]
                readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }
        """;
}
