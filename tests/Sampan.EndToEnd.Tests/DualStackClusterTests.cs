using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster with both IP families, started as docs/network.md says.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DualStackClusterTests : IAsyncLifetime
{
    private OwnCluster? _cluster;

    private OwnCluster Cluster => _cluster ?? throw new InvalidOperationException("not started");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(!File.Exists("/proc/net/if_inet6"), "the kernel has no IPv6");
        _cluster = await OwnCluster.CreateAsync("dual", "busybox");
        await Cluster.SampanAsync("up", "--no-kubeconfig", "--cluster-cidr", "10.244.0.0/16,fd00:10:244::/48", "--service-cidr", "10.96.0.0/16,fd00:10:96::/112");
        await Cluster.LoadImagesAsync(["busybox"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Service_OfBothFamilies_IsFoundAndReachedOverEach()
    {
        await Cluster.KubectlAsync("run", "web", "--image=busybox:1", "--image-pull-policy=Never", "--labels=app=web", "--command", "--", "sh", "-c", "mkdir /www; echo both > /www/index.html; exec httpd -f -p 80 -h /www");
        await Cluster.KubectlAsync("run", "shell", "--image=busybox:1", "--image-pull-policy=Never", "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await Cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/web", "pod/shell", "--timeout=120s");
        await Cluster.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec: { ipFamilyPolicy: RequireDualStack, selector: { app: web }, ports: [{ port: 80 }] }
            """);

        string[] pods = (await Cluster.KubectlAsync("get", "pod", "web", "-o", "jsonpath={.status.podIPs[*].ip}")).Split(' ');
        Assert.StartsWith("fd00:10:244:", pods[1]);
        string[] services = (await Cluster.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIPs[*]}")).Split(' ');
        Assert.StartsWith("fd00:10:96:", services[1]);
        foreach (string target in new[] { pods[0], $"[{pods[1]}]", services[0], $"[{services[1]}]", "web" })
            await TestCluster.EventuallyAsync($"the shell reaches {target}", async () => (await ShellAsync($"timeout 10 wget -qO- http://{target}/")).Output == "both\n", 90);
        await TestCluster.EventuallyAsync("the name has the IPv6 address", async () =>
            (await ShellAsync("nslookup -type=aaaa web.default.svc.cluster.local")).Output.Contains(services[1], StringComparison.Ordinal), 90);
    }

    private Task<ShellResult> ShellAsync(string command) => Cluster.TryKubectlAsync("exec", "shell", "--", "sh", "-c", command);
}
