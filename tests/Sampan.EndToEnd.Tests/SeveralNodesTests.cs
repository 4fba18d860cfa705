using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster of three nodes on one machine, started with `sampan up --nodes 3`.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SeveralNodesTests : IAsyncLifetime
{
    private OwnCluster? _cluster;

    private OwnCluster Cluster => _cluster ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        _cluster = await OwnCluster.CreateAsync("nodes", "busybox", "nginx");
        await Cluster.SampanAsync("up", "--no-kubeconfig", "--nodes", "3", "--node-name", "one", "--timeout", "240");
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task ThreeNodes_TrafficCrossesThem_AndNodesThatFailReturn()
    {
        var nodes = JsonSerializer.Deserialize<JsonArray>(await Cluster.SampanAsync("node", "list", "-o", "json"))!;
        Assert.Equal(["one Ready server", " Ready namespace", " Ready namespace"], nodes.Select((n, i) => $"{(i == 0 ? n!["name"] : "")} {n!["state"]} {n["host"]}"));
        string[] added = [.. nodes.Skip(1).Select(n => (string)n!["name"]!)], addresses = [.. nodes.Skip(1).Select(n => (string)n!["address"]!)];
        await LoadImagesAsync(added);
        await Cluster.ApplyAsync(Manifest);
        await Cluster.KubectlAsync("rollout", "status", "daemonset/shell", "--timeout=180s");
        await Cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=180s");
        Assert.Equal(3, (await WebNodesAsync()).Distinct().Count());
        await ReachedFromEveryNodeAsync();
        await LimitsAreTheNodesOwnAsync(added);
        await ClaimKeepsDataAsync(added[0]);

        await NoRequestIsLostInAnUpdateAsync();

        // Without the agent and the container runtime of a node its pods go on, and its rules lead to them.
        foreach (string process in new[] { "server", "containerd" }) await KillAsync(added[1], process);
        await ServedAsync();
        Assert.Contains("node Ready", await Cluster.SampanAsync("node", "start", added[1]));

        // A node that is cut off, and one whose machine is switched off.
        string uplink = "sn-51-0-" + addresses[0].Split('.')[3];
        await ReplacedWhileAwayAsync(
            added[0], () => Cluster.Host.RunAsync("ip", "link", "set", uplink, "down"), () => Cluster.Host.RunAsync("ip", "link", "set", uplink, "up"));
        await ReplacedWhileAwayAsync(
            added[1], () => Cluster.SampanAsync("node", "stop", added[1]), () => Cluster.SampanAsync("node", "start", added[1]));

        Assert.Contains($"{addresses[1]}/24", await Cluster.SampanAsync("node", "ssh", added[1], "ip", "-o", "address", "show", "dev", "eth0"));
        await Cluster.SampanAsync("node", "delete", added[1]);
        await TestCluster.EventuallyAsync("its DNS server is forgotten", async () =>
            !(await Cluster.KubectlAsync("get", "endpointslices", "-n", "kube-system", "-o", "name")).Contains($"kube-dns-{added[1]}", StringComparison.Ordinal), 90);
        Assert.DoesNotContain(added[1], await Cluster.KubectlAsync("get", "nodes"));
    }

    /// <summary>A node that goes loses its pods to the others, who serve on, and has none of them left when it is back.</summary>
    private async Task ReplacedWhileAwayAsync(string node, Func<Task> leave, Func<Task> comeBack)
    {
        await leave();
        await TestCluster.EventuallyAsync($"the pods of {node} are replaced", async () => await WebNodesAsync() is { Length: 3 } on && !on.Contains(node), 300);
        await Cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=180s");
        await ServedAsync();
        await comeBack();
        await Cluster.KubectlAsync("wait", "--for=condition=Ready", $"node/{node}", "--timeout=180s");
        await TestCluster.EventuallyAsync("nothing is left of the replaced pods", async () =>
            (await Cluster.KubectlAsync("get", "pods", "-l", "app=web", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 3, 180);
        await Cluster.KubectlAsync("rollout", "status", "daemonset/shell", "--timeout=180s");
        await ReachedFromEveryNodeAsync();
    }

    /// <summary>Nodes in namespaces have kube-proxy's timeouts of connections (upstream: "should set TCP CLOSE_WAIT timeout"), the machine keeps its own.</summary>
    private async Task LimitsAreTheNodesOwnAsync(string[] added)
    {
        string[] read = ["cat", "/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_close_wait"];
        foreach (string node in added) Assert.Equal("3600", (await Cluster.SampanAsync(["node", "ssh", node, .. read])).Trim());
        Assert.Equal("60", (await Cluster.Host.RunAsync(read[0], read[1..])).Trim());
    }

    private async Task NoRequestIsLostInAnUpdateAsync()
    {
        string address = await Cluster.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        await using var load = HttpLoad.Start(Cluster.Host, $"http://{address}/");
        await Cluster.KubectlAsync("rollout", "restart", "deployment/web");
        await Cluster.KubectlAsync("rollout", "status", "deployment/web", "--timeout=180s");
        var seen = await load.StopAsync();
        Assert.True(seen.Keys.SequenceEqual(["200"]), string.Join(", ", seen.Select(s => $"{s.Value} times {s.Key}")));
    }

    /// <summary>Through the Service from the server's machine: no connection goes where nobody answers.</summary>
    private async Task ServedAsync()
    {
        string address = await Cluster.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        for (int i = 0; i < 12; i++) Assert.Contains("nginx", await Cluster.Host.RunAsync("curl", "-sS", "-m", "20", $"http://{address}/"), StringComparison.OrdinalIgnoreCase);
    }

    private async Task KillAsync(string node, string process)
    {
        string file = await File.ReadAllTextAsync(Path.Combine(Cluster.Data, "nodes", node, "run", process + ".pid"), TestContext.Current.CancellationToken);
        await Shell.RunAsync("kill", ["-9", file.Split(' ')[0]]);
    }

    private const string Manifest = """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: { name: shell }
        spec:
          selector: { matchLabels: { app: shell } }
          template:
            metadata: { labels: { app: shell } }
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - { name: shell, image: busybox:1, imagePullPolicy: Never, command: [sh, -c, "while :; do sleep 1; done"] }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: web }
        spec:
          replicas: 3
          strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
          selector: { matchLabels: { app: web } }
          template:
            metadata: { labels: { app: web } }
            spec:
              terminationGracePeriodSeconds: 10
              tolerations:
              - { key: node.kubernetes.io/not-ready, effect: NoExecute, tolerationSeconds: 1 }
              - { key: node.kubernetes.io/unreachable, effect: NoExecute, tolerationSeconds: 1 }
              topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: kubernetes.io/hostname
                whenUnsatisfiable: DoNotSchedule
                nodeTaintsPolicy: Honor
                labelSelector: { matchLabels: { app: web } }
              containers:
              - { name: nginx, image: nginx:1, imagePullPolicy: Never, ports: [{ containerPort: 80 }],
                  readinessProbe: { httpGet: { path: /, port: 80 }, periodSeconds: 1 }, lifecycle: { preStop: { sleep: { seconds: 5 } } } }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: web }
        spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80 }] }
        """;

    /// <summary>A volume that is made on the node where its first pod runs serves the next one there.</summary>
    private async Task ClaimKeepsDataAsync(string node)
    {
        foreach (string command in new[] { "echo kept > /data/file", "grep kept /data/file" })
        {
            await Cluster.ApplyAsync(Claim(node, command));
            await Cluster.KubectlAsync("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/claimer", "--timeout=120s");
            Assert.Equal(node, await Cluster.KubectlAsync("get", "pod", "claimer", "-o", "jsonpath={.spec.nodeName}"));
            await Cluster.KubectlAsync("delete", "pod", "claimer", "--timeout=120s");
        }
    }

    private static string Claim(string node, string command) => $$"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: { name: data }
        spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Mi } } }
        ---
        apiVersion: v1
        kind: Pod
        metadata: { name: claimer }
        spec:
          restartPolicy: Never
          nodeSelector: { kubernetes.io/hostname: {{node}} }
          containers:
          - name: main
            image: busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "{{command}}"]
            volumeMounts: [{ name: data, mountPath: /data }]
          volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
        """;

    private async Task LoadImagesAsync(string[] added)
    {
        foreach (string folder in added.Select(n => Path.Combine(Cluster.Data, "nodes", n)).Prepend(Cluster.Data))
            await Cluster.LoadImagesAsync(["busybox", "nginx"], folder);
    }

    /// <summary>From the shell of each node to each web pod by its address, and to the Service by its name and on each node's port.</summary>
    private async Task ReachedFromEveryNodeAsync()
    {
        string port = await Cluster.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        string[] nodes = (await Cluster.KubectlAsync("get", "nodes", "-o", "jsonpath={.items[*].status.addresses[?(@.type=='InternalIP')].address}")).Split(' ');
        string[] shells = await NamesAsync("pods", "app=shell");
        string[] addresses = (await Cluster.KubectlAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.podIP}")).Split(' ');
        foreach (string shell in shells)
        {
            foreach (string target in addresses.Append("web.default.svc.cluster.local"))
                await TestCluster.EventuallyAsync($"{shell} reaches {target}", async () => (await Cluster.TryKubectlAsync("exec", shell, "--", "timeout", "10", "wget", "-qO-", $"http://{target}/")).Output.StartsWith("nginx", StringComparison.Ordinal));

            // Often, so that each node's port leads to the pods of each node: also back to where the client is.
            string often = $"for node in {string.Join(' ', nodes)}; do for i in 1 2 3 4 5 6 7 8 9 10 11 12; do timeout 5 wget -qO- http://$node:{port}/ || exit 1; done; done";
            await TestCluster.EventuallyAsync($"{shell} reaches each node's port each time", async () => (await Cluster.TryKubectlAsync("exec", shell, "--", "sh", "-c", often)).ExitCode == 0);
        }
    }

    /// <summary>The nodes of the web pods that are not going away.</summary>
    private async Task<string[]> WebNodesAsync() =>
        [.. (await Cluster.KubectlAsync(
            "get", "pods", "-l", "app=web", "--field-selector", "status.phase=Running",
            "-o", "jsonpath={range .items[*]}{.spec.nodeName} {.metadata.deletionTimestamp}{\"\\n\"}{end}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.EndsWith(' ')).Select(line => line.Trim())];

    private async Task<string[]> NamesAsync(string kind, string selector) =>
        (await Cluster.KubectlAsync("get", kind, "-l", selector, "-o", "jsonpath={.items[*].metadata.name}")).Split(' ');
}
