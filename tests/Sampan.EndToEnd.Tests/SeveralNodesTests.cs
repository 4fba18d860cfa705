using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster of three nodes on one machine, started with `sampan up --nodes 3`.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SeveralNodesTests : IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"sampan-nodes-{Environment.ProcessId}");
    private HostNamespace? _host;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestCluster.Unavailable() is not null, TestCluster.Unavailable() ?? "");
        await Shell.RunAsync(Path.Combine(TestCluster.Root, "images", "build"), ["-o", Path.Combine(TestCluster.Root, "artifacts", "images"), "busybox", "nginx"]);
        _host = await HostNamespace.CreateAsync($"sampan-nodes-{Environment.ProcessId}");
        await SampanAsync("up", "--no-kubeconfig", "--nodes", "3", "--node-name", "one", "--timeout", "240");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null) return;
        await SampanAsync("delete");
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task ThreeNodes_TrafficCrossesThem_AndNodesThatFailReturn()
    {
        string[] nodes = (await KubectlAsync("get", "nodes", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, nodes.Length);
        string[][] listed = [.. (await SampanAsync("node", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        string[] added = [.. listed.Select(columns => columns[0])];
        Assert.Equal(2, added.Length);
        await LoadImagesAsync(added);
        await KubectlInAsync(Manifest, "apply", "-f", "-");
        await KubectlAsync("rollout", "status", "daemonset/shell", "--timeout=180s");
        await KubectlAsync("rollout", "status", "deployment/web", "--timeout=180s");
        Assert.Equal(3, (await WebNodesAsync()).Distinct().Count());
        await ReachedFromEveryNodeAsync();
        await ClaimKeepsDataAsync(added[0]);

        await NoRequestIsLostInAnUpdateAsync();

        // Without the agent and the container runtime of a node its pods go on, and its rules lead to them.
        foreach (string process in new[] { "server", "containerd" }) await KillAsync(added[1], process);
        await ServedAsync();
        await SampanAsync("node", "start", added[1]);

        // A node that is cut off loses its pods to the others, and has none of them left when it is back.
        string uplink = "sn-51-0-" + listed[0][1].Split('.')[3];
        await _host!.RunAsync("ip", "link", "set", uplink, "down");
        await TestCluster.EventuallyAsync("the pods of the node that is cut off are replaced", async () =>
            await WebNodesAsync() is { Length: 3 } on && !on.Contains(added[0]), 300);
        await KubectlAsync("rollout", "status", "deployment/web", "--timeout=180s");
        await ServedAsync();
        await _host.RunAsync("ip", "link", "set", uplink, "up");
        foreach (string node in added) await KubectlAsync("wait", "--for=condition=Ready", $"node/{node}", "--timeout=180s");
        await TestCluster.EventuallyAsync("nothing is left of the replaced pods", async () =>
            (await KubectlAsync("get", "pods", "-l", "app=web", "-o", "name")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length == 3, 180);
        await KubectlAsync("rollout", "status", "daemonset/shell", "--timeout=180s");
        await ReachedFromEveryNodeAsync();

        Assert.Contains($"{listed[1][1]}/24", await SampanAsync("node", "ssh", added[1], "ip", "-o", "address", "show", "dev", "eth0"));
        await SampanAsync("node", "delete", added[1]);
        await TestCluster.EventuallyAsync("its DNS server is forgotten", async () =>
            !(await KubectlAsync("get", "endpointslices", "-n", "kube-system", "-o", "name")).Contains($"kube-dns-{added[1]}", StringComparison.Ordinal), 90);
        Assert.DoesNotContain(added[1], await KubectlAsync("get", "nodes"));
    }

    private async Task NoRequestIsLostInAnUpdateAsync()
    {
        string address = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        await using var load = HttpLoad.Start(_host!, $"http://{address}/");
        await KubectlAsync("rollout", "restart", "deployment/web");
        await KubectlAsync("rollout", "status", "deployment/web", "--timeout=180s");
        var seen = await load.StopAsync();
        Assert.True(seen.Keys.SequenceEqual(["200"]), string.Join(", ", seen.Select(s => $"{s.Value} times {s.Key}")));
    }

    /// <summary>Through the Service from the server's machine: no connection goes where nobody answers.</summary>
    private async Task ServedAsync()
    {
        string address = await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
        for (int i = 0; i < 12; i++) Assert.Contains("nginx", await _host!.RunAsync("curl", "-sS", "-m", "20", $"http://{address}/"), StringComparison.OrdinalIgnoreCase);
    }

    private async Task KillAsync(string node, string process)
    {
        string file = await File.ReadAllTextAsync(Path.Combine(_data, "nodes", node, "run", process + ".pid"), TestContext.Current.CancellationToken);
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
        spec: { selector: { app: web }, ports: [{ port: 80 }] }
        """;

    /// <summary>A volume that is made on the node where its first pod runs serves the next one there.</summary>
    private async Task ClaimKeepsDataAsync(string node)
    {
        foreach (string command in new[] { "echo kept > /data/file", "grep kept /data/file" })
        {
            await KubectlInAsync(Claim(node, command), "apply", "-f", "-");
            await KubectlAsync("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/claimer", "--timeout=120s");
            Assert.Equal(node, await KubectlAsync("get", "pod", "claimer", "-o", "jsonpath={.spec.nodeName}"));
            await KubectlAsync("delete", "pod", "claimer", "--timeout=120s");
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
        string[] images = [.. new[] { "busybox", "nginx" }.Select(i => Path.Combine(TestCluster.Root, "artifacts", "images", i + ".tar"))];
        foreach (string folder in added.Select(n => Path.Combine(_data, "nodes", n)).Prepend(_data))
            await _host!.RunAsync(Path.Combine(TestCluster.Root, "sampan"), ["image", "load", "--data-dir", folder, .. images]);
    }

    /// <summary>From the shell of each node to each web pod by its address, and to the Service by its name.</summary>
    private async Task ReachedFromEveryNodeAsync()
    {
        string[] shells = await NamesAsync("pods", "app=shell");
        string[] addresses = (await KubectlAsync("get", "pods", "-l", "app=web", "-o", "jsonpath={.items[*].status.podIP}")).Split(' ');
        foreach (string shell in shells)
        {
            foreach (string target in addresses.Append("web.default.svc.cluster.local"))
                await TestCluster.EventuallyAsync($"{shell} reaches {target}", async () => (await TryKubectlAsync("exec", shell, "--", "timeout", "10", "wget", "-qO-", $"http://{target}/")).Output.StartsWith("nginx", StringComparison.Ordinal));
        }
    }

    /// <summary>The nodes of the web pods that are not going away.</summary>
    private async Task<string[]> WebNodesAsync() =>
        [.. (await KubectlAsync(
            "get", "pods", "-l", "app=web", "--field-selector", "status.phase=Running",
            "-o", "jsonpath={range .items[*]}{.spec.nodeName} {.metadata.deletionTimestamp}{\"\\n\"}{end}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.EndsWith(' ')).Select(line => line.Trim())];

    private async Task<string[]> NamesAsync(string kind, string selector) =>
        (await KubectlAsync("get", kind, "-l", selector, "-o", "jsonpath={.items[*].metadata.name}")).Split(' ');

    private async Task<string> SampanAsync(params string[] arguments)
    {
        string[] verb = arguments[0] == "node" ? arguments[..2] : arguments[..1];
        return await _host!.RunAsync(Path.Combine(TestCluster.Root, "sampan"), [.. verb, "--data-dir", _data, .. arguments[verb.Length..]]);
    }

    private Task<string> KubectlAsync(params string[] arguments) => _host!.RunAsync("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]);

    private Task<ShellResult> TryKubectlAsync(params string[] arguments) => _host!.TryAsync("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]);

    private async Task KubectlInAsync(string input, params string[] arguments)
    {
        var result = await Shell.TryAsync("nsenter", _host!.Enter("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]), input);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
