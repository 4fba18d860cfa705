using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests;

/// <summary>A cluster with both IP families, started as docs/network.md says.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DualStackClusterTests : IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"sampan-dual-{Environment.ProcessId}");
    private HostNamespace? _host;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestCluster.Unavailable() is not null, TestCluster.Unavailable() ?? "");
        Assert.SkipWhen(!File.Exists("/proc/net/if_inet6"), "the kernel has no IPv6");
        string images = Path.Combine(TestCluster.Root, "artifacts", "images");
        await Shell.RunAsync(Path.Combine(TestCluster.Root, "images", "build"), ["-o", images, "busybox"]);
        _host = await HostNamespace.CreateAsync($"sampan-dual-{Environment.ProcessId}");
        await SampanAsync("up", "--no-kubeconfig", "--cluster-cidr", "10.244.0.0/16,fd00:10:244::/48", "--service-cidr", "10.96.0.0/16,fd00:10:96::/112");
        await _host.RunAsync(Path.Combine(TestCluster.Root, "sampan"), ["image", "load", "--data-dir", _data, Path.Combine(images, "busybox.tar")]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is null) return;
        await SampanAsync("delete");
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Service_OfBothFamilies_IsFoundAndReachedOverEach()
    {
        await KubectlAsync("run", "web", "--image=busybox:1", "--image-pull-policy=Never", "--labels=app=web", "--command", "--", "sh", "-c", "mkdir /www; echo both > /www/index.html; exec httpd -f -p 80 -h /www");
        await KubectlAsync("run", "shell", "--image=busybox:1", "--image-pull-policy=Never", "--command", "--", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done");
        await KubectlAsync("wait", "--for=condition=Ready", "pod/web", "pod/shell", "--timeout=120s");
        var created = await Shell.TryAsync("nsenter", _host!.Enter("kubectl", $"--kubeconfig={_data}/admin.conf", "apply", "-f", "-"), """
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec: { ipFamilyPolicy: RequireDualStack, selector: { app: web }, ports: [{ port: 80 }] }
            """);
        Assert.True(created.ExitCode == 0, created.Output + created.Error);

        string[] pods = (await KubectlAsync("get", "pod", "web", "-o", "jsonpath={.status.podIPs[*].ip}")).Split(' ');
        Assert.StartsWith("fd00:10:244:", pods[1]);
        string[] services = (await KubectlAsync("get", "service", "web", "-o", "jsonpath={.spec.clusterIPs[*]}")).Split(' ');
        Assert.StartsWith("fd00:10:96:", services[1]);
        foreach (string target in new[] { pods[0], $"[{pods[1]}]", services[0], $"[{services[1]}]", "web" })
            await TestCluster.EventuallyAsync($"the shell reaches {target}", async () => (await ShellAsync($"timeout 10 wget -qO- http://{target}/")).Output == "both\n", 90);
        await TestCluster.EventuallyAsync("the name has the IPv6 address", async () =>
            (await ShellAsync("nslookup -type=aaaa web.default.svc.cluster.local")).Output.Contains(services[1], StringComparison.Ordinal), 90);
    }

    private Task<ShellResult> ShellAsync(string command) =>
        _host!.TryAsync("kubectl", $"--kubeconfig={_data}/admin.conf", "exec", "shell", "--", "sh", "-c", command);

    private Task<string> SampanAsync(string verb, params string[] arguments) =>
        _host!.RunAsync(Path.Combine(TestCluster.Root, "sampan"), [verb, "--data-dir", _data, .. arguments]);

    private Task<string> KubectlAsync(params string[] arguments) => _host!.RunAsync("kubectl", [$"--kubeconfig={_data}/admin.conf", .. arguments]);
}
