using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster whose pod network somebody else brings: `sampan up --cni=none`.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ForeignNetworkTests : IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"sampan-cni-{Environment.ProcessId}");
    private readonly string _configurations = Path.Combine(Path.GetTempPath(), $"sampan-cni-{Environment.ProcessId}-net.d");
    private HostNamespace? _host;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestCluster.Unavailable() is not null, TestCluster.Unavailable() ?? "");
        _host = await HostNamespace.CreateAsync($"sampan-cni-{Environment.ProcessId}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null) return;
        await SampanAsync("delete");
        await _host.DisposeAsync();
        if (Directory.Exists(_configurations)) Directory.Delete(_configurations, recursive: true);
    }

    [Fact]
    public async Task Up_WithoutANetwork_IsReadyOnceAConfigurationAppears()
    {
        string plugins = File.Exists("/usr/lib/cni/loopback") ? "/usr/lib/cni" : "/opt/cni/bin";
        await SampanAsync("up", "--no-kubeconfig", "--node-name", "bare", "--cni", "none", "--cni-conf-dir", _configurations, "--cni-bin-dir", plugins);
        Assert.NotEqual("True", await ReadyAsync());
        Assert.DoesNotContain("sampan-network", await _host!.RunAsync("nft", "list", "tables"));
        Assert.DoesNotContain("sampan0", await _host.RunAsync("ip", "link"));

        Directory.CreateDirectory(_configurations);
        await File.WriteAllTextAsync(Path.Combine(_configurations, "10-theirs.conflist"), """
            {"cniVersion": "1.0.0", "name": "theirs", "plugins": [{"type": "bridge", "bridge": "theirs0", "isGateway": true,
             "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
            """, TestContext.Current.CancellationToken);
        await TestCluster.EventuallyAsync("the node is Ready", async () => await ReadyAsync() == "True", 90);
        await RunPodAsync();
    }

    /// <summary>A pod on their network, which finds the cluster's Services by name.</summary>
    private async Task RunPodAsync()
    {
        string images = Path.Combine(TestCluster.Root, "artifacts", "images");
        await Shell.RunAsync(Path.Combine(TestCluster.Root, "images", "build"), ["-o", images, "busybox"]);
        await _host!.RunAsync(Path.Combine(TestCluster.Root, "sampan"), "image", "load", "--data-dir", _data, Path.Combine(images, "busybox.tar"));
        await KubectlAsync("run", "theirs", "--image=busybox:1", "--image-pull-policy=Never", "--restart=Never", "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await KubectlAsync("wait", "--for=condition=Ready", "pod/theirs", "--timeout=120s");
        Assert.StartsWith("10.244.0.", await KubectlAsync("get", "pod", "theirs", "-o", "jsonpath={.status.podIP}"));
        Assert.Contains("master theirs0", await _host.RunAsync("ip", "-o", "link", "show", "type", "veth"));
        await TestCluster.EventuallyAsync("the pod finds the API server's Service", async () =>
            (await _host.TryAsync("kubectl", $"--kubeconfig={_data}/admin.conf", "exec", "theirs", "--", "nslookup", "kubernetes.default.svc.cluster.local")).Output.Contains("10.96.0.1", StringComparison.Ordinal), 90);
        await KubectlAsync("delete", "pod", "theirs", "--timeout=90s");
    }

    private Task<string> KubectlAsync(params string[] arguments) => _host!.RunAsync("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]);

    private Task<string> ReadyAsync() => _host!.RunAsync(
        "kubectl", $"--kubeconfig={_data}/admin.conf", "get", "node", "bare", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}");

    private Task<string> SampanAsync(string verb, params string[] arguments) =>
        _host!.RunAsync(Path.Combine(TestCluster.Root, "sampan"), [verb, "--data-dir", _data, .. arguments]);
}
