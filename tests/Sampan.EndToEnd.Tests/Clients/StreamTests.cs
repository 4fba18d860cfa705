using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>The client libraries' streams into a running pod.</summary>
public sealed class StreamTests(TestCluster cluster) : ClusterTest(cluster)
{
    [Fact]
    public async Task Python_EveryStream_Works()
    {
        Assert.SkipWhen(await Libraries.PythonMissingAsync() is not null, await Libraries.PythonMissingAsync() ?? "");
        await StartTalkerAsync();
        await Cluster.Host.RunAsync("/usr/bin/python3", Libraries.Script("python/streams.py"), Kubeconfig, Namespace, "talker", "talker");
    }

    [Fact]
    public async Task JavaScript_EveryStream_Works()
    {
        Assert.SkipWhen(Libraries.JavaScriptMissing() is not null, Libraries.JavaScriptMissing() ?? "");
        await StartTalkerAsync();
        await Cluster.Host.RunAsync("node", Libraries.Script("node/streams.js"), Kubeconfig, Namespace, "talker");
    }

    private string Kubeconfig => $"{Cluster.DataDirectory}/admin.conf";

    // It counts in its log and serves a page.
    private async Task StartTalkerAsync()
    {
        await ApplyAsync("""
            apiVersion: v1
            kind: Pod
            metadata: { name: talker, labels: { app: talker } }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: main
                image: busybox:1
                imagePullPolicy: Never
                command: [sh, -c, "mkdir /www; echo ok > /www/index.html; httpd -p 80 -h /www; i=0; while :; do i=$((i+1)); echo line $i; sleep 0.2; done"]
                readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: talker }
            spec: { selector: { app: talker }, ports: [{ port: 80 }] }
            """);
        await PodReadyAsync("talker");
        await TestCluster.EventuallyAsync("the Service has its endpoint", async () =>
            (await KubectlAsync("get", "endpoints", "talker", "-o", "jsonpath={.subsets[*].addresses[*].ip}")).Length > 0
            && (await KubectlAsync("get", "endpointslices", "-l", "kubernetes.io/service-name=talker", "-o", "jsonpath={.items[*].endpoints[*].addresses}")).Length > 0);
    }
}
