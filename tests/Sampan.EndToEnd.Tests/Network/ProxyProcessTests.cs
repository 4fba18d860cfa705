using System.Diagnostics;
using System.Net.Sockets;
using Sampan.EndToEnd.Tests.Clients;
using Sampan.EndToEnd.Tests.Cluster;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>`sampan kube-proxy` as a process of its own against `sampan kube-apiserver`, on a node in namespaces with real traffic.</summary>
public sealed class ProxyProcessTests : ServiceTest
{
    private const string ServiceAndSlice = """
        apiVersion: v1
        kind: Node
        metadata: { name: node }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: web }
        spec: { clusterIP: 10.96.0.9, ports: [{ port: 80, targetPort: 8080 }] }
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: { name: web-1, labels: { kubernetes.io/service-name: web } }
        addressType: IPv4
        ports: [{ name: "", port: 8080, protocol: TCP }]
        endpoints: [ENDPOINTS]
        """;

    private ControlPlane? _plane;

    private ControlPlane Plane => _plane ?? throw new InvalidOperationException("not started");

    protected override string? Unavailable => base.Unavailable ?? TestCluster.Unavailable();

    public override async ValueTask DisposeAsync()
    {
        if (_plane is not null) await _plane.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task ProxyAndServer_KilledOneAfterTheOther_TrafficFlowsAndChangesAreFollowedAgain()
    {
        await ApplyAsync(One.Address);
        var first = StartProxy();
        await ReadyAsync();
        await AnswersAsync(Client.Pod, ClusterIP, 80, $"one {Client.Address}");

        // Upstream: "should set TCP CLOSE_WAIT timeout".
        Assert.Equal("3600", Host.Node.Exec("cat", "/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_close_wait").Trim());
        await ApplyAsync(One.Address, Two.Address);
        await TestNode.UntilAsync(async () => (await ManyAsync(Client.Pod, ClusterIP, 80)).Count == 2);

        using var stop = new CancellationTokenSource();
        var load = LoadAsync(stop.Token);
        await EndAsync(first);
        Assert.Equal(2, (await ManyAsync(Client.Pod, ClusterIP, 80)).Count);
        var second = StartProxy();
        await ReadyAsync();

        await EndAsync(Plane.Server!);
        Assert.Equal(2, (await ManyAsync(Client.Pod, ClusterIP, 80)).Count);
        Assert.False(second.HasExited);
        await Plane.StartServerAsync();
        await ApplyAsync(Two.Address);
        await TestNode.UntilAsync(async () => (await ManyAsync(Client.Pod, ClusterIP, 80)) is [var only] && only == $"two {Client.Address}");
        await stop.CancelAsync();
        Assert.Empty(await load);
    }

    protected override async Task StartAsync()
    {
        await Host.StartNetworkAsync();
        _plane = new ControlPlane { RunsControllers = false, Network = Host.Node.Name, SecurePort = 6443 };
        await _plane.InitializeAsync();
    }

    private Process StartProxy() => Plane.Run(
        "kube-proxy", "--kubeconfig", Plane.Kubeconfig, "--hostname-override", "node", "--cluster-cidr", "10.244.0.0/16", "--proxy-mode", "nftables",
        "--healthz-bind-address", "127.0.0.1:10256", "--metrics-bind-address", "127.0.0.1:10249");

    /// <summary>Who connects before the rules are written leaves the kernel a flow without them, which refuses the next one from its port.</summary>
    private Task ReadyAsync() => TestNode.UntilAsync(() => Task.FromResult(Curl("http://127.0.0.1:10256/readyz") == "ok"));

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private string Curl(string url)
    {
        try
        {
            return Host.Node.Exec("curl", "-s", "-m", "5", url);
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private async Task ApplyAsync(params string[] addresses)
    {
        string endpoints = string.Join(", ", addresses.Select(a => $"{{ addresses: [{a}], nodeName: node, conditions: {{ ready: true, serving: true, terminating: false }} }}"));
        var result = await Shell.TryAsync(
            "nsenter", [$"--net={Host.Node.Path}", "kubectl", $"--kubeconfig={Plane.Kubeconfig}", "apply", "-f", "-"], ServiceAndSlice.Replace("ENDPOINTS", endpoints, StringComparison.Ordinal));
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    /// <summary>Connects again and again until it is told to stop, with pauses, so that the client's ports suffice.</summary>
    /// <returns>What went wrong.</returns>
    private async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await TestNode.ConnectAsync(Client.Pod, ClusterIP, 80);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                failures.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {e.Message}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        return failures;
    }
}
