using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster whose pod network somebody else brings: `sampan up --cni=none`.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ForeignNetworkTests : IAsyncLifetime
{
    private readonly string _configurations = Path.Combine(Path.GetTempPath(), $"sampan-cni-{Environment.ProcessId}-net.d");
    private OwnCluster? _cluster;

    private OwnCluster Cluster => _cluster ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync() => _cluster = await OwnCluster.CreateAsync("cni", "busybox");

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        if (Directory.Exists(_configurations)) Directory.Delete(_configurations, recursive: true);
    }

    [Fact]
    public async Task Up_WithoutANetwork_IsReadyOnceAConfigurationAppears()
    {
        string plugins = File.Exists("/usr/lib/cni/loopback") ? "/usr/lib/cni" : "/opt/cni/bin";
        await Cluster.SampanAsync("up", "--no-kubeconfig", "--node-name", "bare", "--cni", "none", "--cni-conf-dir", _configurations, "--cni-bin-dir", plugins);
        Assert.NotEqual("True", await ReadyAsync());
        Assert.DoesNotContain("sampan-network", await Cluster.Host.RunAsync("nft", "list", "tables"));
        Assert.DoesNotContain("sampan0", await Cluster.Host.RunAsync("ip", "link"));

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
        await Cluster.LoadImagesAsync(["busybox"]);
        await Cluster.KubectlAsync("run", "theirs", "--image=busybox:1", "--image-pull-policy=Never", "--restart=Never", "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await Cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/theirs", "--timeout=120s");
        Assert.StartsWith("10.244.0.", await Cluster.KubectlAsync("get", "pod", "theirs", "-o", "jsonpath={.status.podIP}"));
        Assert.Contains("master theirs0", await Cluster.Host.RunAsync("ip", "-o", "link", "show", "type", "veth"));
        await TestCluster.EventuallyAsync("the pod finds the API server's Service", async () =>
            (await Cluster.TryKubectlAsync("exec", "theirs", "--", "nslookup", "kubernetes.default.svc.cluster.local")).Output.Contains("10.96.0.1", StringComparison.Ordinal), 90);
        await Cluster.KubectlAsync("delete", "pod", "theirs", "--timeout=90s");
    }

    private Task<string> ReadyAsync() => Cluster.KubectlAsync("get", "node", "bare", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}");
}
