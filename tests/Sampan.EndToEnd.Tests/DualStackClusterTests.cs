using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster of two nodes with both IP families, started as docs/network.md says. The first has an IPv6 address of its own.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DualStackClusterTests : IAsyncLifetime
{
    private OwnCluster? _cluster;

    private const string AddressV6 = "2001:db8::10";

    private OwnCluster Cluster => _cluster ?? throw new InvalidOperationException("not started");

    /// <summary>The second node's data; its name is the folder's.</summary>
    private string SecondNode => Assert.Single(Directory.GetDirectories(Path.Combine(Cluster.Data, "nodes")));

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(!File.Exists("/proc/net/if_inet6"), "the kernel has no IPv6");
        _cluster = await OwnCluster.CreateAsync("dual", "busybox");
        await Cluster.Host.RunAsync("ip", "address", "add", $"{AddressV6}/64", "dev", "eth0", "nodad");
        await Cluster.SampanAsync("up", "--no-kubeconfig", "--nodes", "2", "--node-name", "one", "--cluster-cidr", "10.244.0.0/16,fd00:10:244::/48", "--service-cidr", "10.96.0.0/16,fd00:10:96::/112");
        foreach (string data in new[] { Cluster.Data, SecondNode }) await Cluster.LoadImagesAsync(["busybox"], data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Service_OfBothFamilies_IsFoundAndReachedOverEach()
    {
        await Cluster.KubectlAsync("run", "web", "--image=busybox:1", "--image-pull-policy=Never", "--labels=app=web", On("one"), "--command", "--", "sh", "-c", "mkdir /www; echo both > /www/index.html; exec httpd -f -p 80 -h /www");
        await Cluster.KubectlAsync("run", "shell", "--image=busybox:1", "--image-pull-policy=Never", On(Path.GetFileName(SecondNode)), "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await Cluster.KubectlAsync("wait", "--for=condition=Ready", "pod/web", "pod/shell", "--timeout=120s");
        await Cluster.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec: { type: NodePort, ipFamilyPolicy: RequireDualStack, selector: { app: web }, ports: [{ port: 80 }] }
            """);

        string[] pods = (await Cluster.KubectlAsync("get", "pod", "web", "-o", "jsonpath={.status.podIPs[*].ip}")).Split(' ');
        Assert.StartsWith("fd00:10:244:", pods[1]);
        string[] services = (await Cluster.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIPs[*]}")).Split(' ');
        Assert.StartsWith("fd00:10:96:", services[1]);
        string port = await Cluster.KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        Assert.Equal($"{HostNamespace.Address} {AddressV6}", await Cluster.KubectlAsync("get", "node", "one", "-o", "jsonpath={.status.addresses[?(@.type=='InternalIP')].address}"));
        await TestCluster.EventuallyAsync("the node's port answers over IPv6", async () =>
            (await Cluster.Host.TryAsync("curl", "-sS", "-m", "5", $"http://[{AddressV6}]:{port}/")).Output == "both\n", 90);
        foreach (string target in new[] { pods[0], $"[{pods[1]}]", services[0], $"[{services[1]}]", "web", $"{HostNamespace.Address}:{port}" })
            await TestCluster.EventuallyAsync($"the shell reaches {target}", async () => (await ShellAsync($"timeout 10 wget -qO- http://{target}/")).Output == "both\n", 90);
        await TestCluster.EventuallyAsync("the name has the IPv6 address", async () =>
            (await ShellAsync("nslookup -type=aaaa web.default.svc.cluster.local")).Output.Contains(services[1], StringComparison.Ordinal), 90);
    }

    private static string On(string node) => $$$"""--overrides={"spec":{"nodeName":"{{{node}}}","terminationGracePeriodSeconds":1}}""";

    private Task<ShellResult> ShellAsync(string command) => Cluster.TryKubectlAsync("exec", "shell", "--", "sh", "-c", command);
}
