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
             "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]]}}]}
            """, TestContext.Current.CancellationToken);
        await TestCluster.EventuallyAsync("the node is Ready", async () => await ReadyAsync() == "True", 90);
    }

    private Task<string> ReadyAsync() => _host!.RunAsync(
        "kubectl", $"--kubeconfig={_data}/admin.conf", "get", "node", "bare", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].status}");

    private Task<string> SampanAsync(string verb, params string[] arguments) =>
        _host!.RunAsync(Path.Combine(TestCluster.Root, "sampan"), [verb, "--data-dir", _data, .. arguments]);
}
