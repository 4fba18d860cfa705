using System.Text.RegularExpressions;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>What kubectl does with pods that run.</summary>
public sealed class ApplicationTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Guestbook_OfTwoTiers_WorksAndIsStopped()
    {
        await ApplyAsync(Tier("backend", "echo entry > /www/index.html", 2) + Tier("frontend", "while ! wget -qO /www/index.html http://backend; do sleep 0.2; done", 3));
        await RolledOutAsync("backend");
        await RolledOutAsync("frontend");
        var address = await KubectlAsync("get", "service", "frontend", "-o", "jsonpath={.spec.clusterIP}");
        await TestCluster.EventuallyAsync("the frontend shows what the backend keeps", async () =>
            (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://{address}")).Output == "entry\n");
        await KubectlAsync("delete", "deployment,service", "--all", "--timeout=120s");
        await KubectlAsync("wait", "--for=delete", "pods", "--all", "--timeout=120s");
        await TestCluster.EventuallyAsync("nothing is left", async () => (await KubectlAsync("get", "pods,services,deployments,replicasets", "-o", "name")).Length == 0);
    }

    [Fact]
    public async Task Logs_WithEachOption_AreFiltered()
    {
        await KubectlAsync("run", "logger", "--image=busybox:1", "--image-pull-policy=Never", "--restart=Never", "--labels=app=logger", "--command", "--",
            "sh", "-c", "i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo line $i; done; sleep 600");
        await PodReadyAsync("logger");
        await TestCluster.EventuallyAsync("all lines are there", async () => (await KubectlAsync("logs", "logger")).EndsWith("line 20\n", StringComparison.Ordinal));
        Assert.Equal("line 19\nline 20\n", await KubectlAsync("logs", "logger", "--tail=2"));
        Assert.Equal("line 1", await KubectlAsync("logs", "logger", "--limit-bytes=6"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z line 20\n$", await KubectlAsync("logs", "logger", "--tail=1", "--timestamps"));
        Assert.Equal("", await KubectlAsync("logs", "logger", "--since=1s", "--tail=0"));
        Assert.Equal("line 20\n", await KubectlAsync("logs", "logger", "--since=24h", "--tail=1"));
        Assert.Equal("[pod/logger/logger] line 20\n", await KubectlAsync("logs", "-l", "app=logger", "--tail=1", "--prefix", "--all-containers"));
        Assert.Contains("previous terminated container \"logger\" in pod \"logger\" not found", (await TryKubectlAsync("logs", "logger", "--previous")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_OfTheContainerBefore_AreThere()
    {
        await KubectlAsync("run", "crasher", "--image=busybox:1", "--image-pull-policy=Never", "--command", "--", "sh", "-c", "echo attempt; [ -e /dev/termination-log ] && exit 1");
        await TestCluster.EventuallyAsync("it was restarted", async () =>
            int.TryParse(await KubectlAsync("get", "pod", "crasher", "-o", "jsonpath={.status.containerStatuses[0].restartCount}"), out var restarts) && restarts > 0);
        Assert.Equal("attempt\n", await KubectlAsync("logs", "crasher", "--previous"));
    }

    [Fact]
    public async Task Describe_OfAPod_TellsWhereItRunsAndWhatHappened()
    {
        await StartShellAsync();
        await TestCluster.EventuallyAsync("the events are there", async () =>
            Regex.IsMatch(await KubectlAsync("describe", "pod", "shell"), @"Events:\n[\s\S]*Scheduled[\s\S]*Started"));
        var pod = await KubectlAsync("describe", "pod", "shell");
        foreach (var line in (string[])[$@"Namespace:\s+{Namespace}", @"Node:\s+\S+/192\.0\.2\.10", @"Labels:\s+run=shell", @"Status:\s+Running", @"IP:\s+10\.244\.", @"Image:\s+busybox:1", @"State:\s+Running", @"QoS Class:\s+BestEffort"])
            Assert.Matches(line, pod);
        var node = await KubectlAsync("describe", "node");
        foreach (var line in (string[])[@"Roles:\s", @"Unschedulable:\s+false", @"Ready\s+True", @"Allocated resources:", @"Container Runtime Version:\s+containerd://"])
            Assert.Matches(line, node);
        Assert.Matches(@"Status:\s+Active", await KubectlAsync("describe", "namespace", Namespace));
    }

    [Fact]
    public async Task Replace_OfAPodsImage_RestartsItsContainer()
    {
        await StartShellAsync("single");
        var pod = await GetAsync("pod", "single");
        pod["spec"]!["containers"]![0]!["image"] = "nginx:1";
        pod["metadata"]!.AsObject().Remove("resourceVersion");      // the kubelet may write as well
        var replaced = await Cluster.PipeKubectlAsync(pod.ToJsonString(), "-n", Namespace, "replace", "-f", "-");
        Assert.Equal("pod/single replaced\n", replaced.Output);
        Assert.Equal("nginx:1", await KubectlAsync("get", "pod", "single", "-o", "jsonpath={.spec.containers[0].image}"));
    }

    [Fact]
    public async Task Debug_OfARunningPod_AddsAContainer()
    {
        await StartShellAsync();
        var debug = await TryKubectlAsync("debug", "shell", "--image=busybox:1", "--image-pull-policy=Never", "--container=helper", "--target=shell", "--", "sh", "-c", "echo helping; sleep 600");
        Assert.True(debug.ExitCode == 0, debug.Error);
        await TestCluster.EventuallyAsync("the helper runs", async () => (await TryKubectlAsync("logs", "shell", "-c", "helper")).Output == "helping\n");
        var copy = await TryKubectlAsync("debug", "shell", "--copy-to=copy", "--set-image=shell=busybox:1", "--image-pull-policy=Never", "--image=busybox:1", "-c", "more", "--", "sleep", "600");
        Assert.True(copy.ExitCode == 0, copy.Error);
        Assert.Equal("shell more", await KubectlAsync("get", "pod", "copy", "-o", "jsonpath={.spec.containers[*].name}"));
    }

    // Serves what its start script puts there.
    private static string Tier(string name, string start, int replicas) => $$"""
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: {{name}} }
        spec:
          replicas: {{replicas}}
          selector: { matchLabels: { tier: {{name}} } }
          template:
            metadata: { labels: { tier: {{name}} } }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "mkdir /www; {{start}}; exec httpd -f -p 80 -h /www"]
                readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}} }
        spec: { selector: { tier: {{name}} }, ports: [{ port: 80 }] }

        """;
}
