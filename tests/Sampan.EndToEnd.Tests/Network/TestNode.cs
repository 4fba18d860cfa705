using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Network;
using Sampan.Network.Host;
using Sampan.Proxy;
using Sampan.Proxy.Conntrack;
using Sampan.Proxy.Nftables;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>
/// A node in namespaces, with pods made by the real CNI plugins and somebody outside. It has no default route.
/// <code>
/// outside 192.168.50.2 ── 192.168.50.1 node ── sampan0 10.244.0.1 ── pods 10.244.0.2 …
/// </code>
/// </summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const string NodeAddress = "192.168.50.1";
    public const string OutsideAddress = "192.168.50.2";
    private readonly string _id = $"network-{Guid.NewGuid().ToString("N")[..8]}";
    private readonly string _state;
    private readonly List<NetworkNamespace> _namespaces = [];
    private readonly List<IDisposable> _servers = [];
    private readonly PodNetworkOptions _network;
    private readonly MetricRegistry _metrics = new();
    private KubeProxy? _proxy;
    private NetworkPolicyEnforcer? _policies;

    public TestNode(bool dualStack = false)
    {
        _state = Directory.CreateTempSubdirectory("network-").FullName;
        Node = Add("node");
        Outside = Add("out");
        Node.Exec("sh", "-c", "echo 0 > /proc/sys/net/ipv4/ip_forward");
        NetworkNamespace.Shell(
            "ip", "link", "add", "eth0", "netns", Node.Name, "type", "veth", "peer", "name", "eth0", "netns", Outside.Name);
        foreach (var (ns, address) in new[] { (Node, NodeAddress), (Outside, OutsideAddress) })
        {
            ns.Exec("ip", "address", "add", $"{address}/24", "dev", "eth0");
            if (dualStack) ns.Exec("ip", "address", "add", $"fd00:50::{address.Split('.')[3]}/64", "dev", "eth0", "nodad");
            ns.Exec("ip", "link", "set", "eth0", "up");
        }

        Informers = new InformerFactory(Api.Client, TimeProvider.System);
        _network = new PodNetworkOptions
        {
            PodCidr = dualStack ? "10.244.0.0/24,fd00:10:244::/64" : "10.244.0.0/24",
            ClusterCidr = dualStack ? "10.244.0.0/16,fd00:10:244::/48" : "10.244.0.0/16",
            ServiceCidr = dualStack ? "10.96.0.0/16,fd00:10:96::/112" : "10.96.0.0/16",
            ConfigDirectory = Path.Combine(_state, "net.d"),
            StateDirectory = Path.Combine(_state, "state"),
            Host = new LinuxHost("ip", "netns", "exec", Node.Name),
        };
        Api.Set(Objects.Ranges("kubernetes", _network.ServiceCidr.Split(',')));
    }

    public FakeApi Api { get; } = new();

    public InformerFactory Informers { get; }

    public NetworkNamespace Node { get; }

    public NetworkNamespace Outside { get; }

    /// <summary>How often the proxy wrote everything anew since its first time.</summary>
    public long FullSyncsAfterStart
    {
        get
        {
            const string count = "kubeproxy_sync_full_proxy_rules_duration_seconds_count{ip_family=\"IPv4\"} ";
            string line = _metrics.Render().Split('\n').Single(l => l.StartsWith(count, StringComparison.Ordinal));
            return long.Parse(line[count.Length..], CultureInfo.InvariantCulture) - 1;
        }
    }

    /// <summary>Makes the pod network, and nothing that follows the API.</summary>
    public async Task StartNetworkAsync()
    {
        var network = new PodNetwork(_network);
        await network.StartAsync(default);
        await network.ReadyAsync(default);
        await network.StopAsync(default);
    }

    public async Task StartAsync()
    {
        await StartNetworkAsync();
        _proxy = new KubeProxy(new KubeProxyOptions
        {
            NodeName = "node",
            Informers = Informers,
            ClusterCidrs = _network.ClusterCidr.Split(','),
            LocalhostNodePorts = true,
            Metrics = _metrics,
            OpenNftables = () => Node.Run(() => LibNftables.TryOpen() ?? throw new InvalidOperationException("libnftables is missing")),
            Conntrack = new NetlinkConntrack(() => Node.Run(() => new NetlinkSocket())),
        });
        _policies = new NetworkPolicyEnforcer(new NetworkPolicyOptions
        {
            NodeName = "node", Informers = Informers, OpenNftables = () => Node.Run(() => LibNftables.TryOpen()!),
        });
        await _proxy.StartAsync(default);
        await _policies.StartAsync(default);
        await Informers.StartAsync(default);
        await _proxy.ReadyAsync(default);
        await _policies.ReadyAsync(default);
    }

    /// <summary>Attaches a pod with an echo server on port 8080; gives its namespace and address.</summary>
    public (NetworkNamespace Pod, string Address) AddPod(string name)
    {
        var (pod, addresses) = AddPodOfAll(name);
        return (pod, addresses[0]);
    }

    /// <summary>The same with an address of each IP family.</summary>
    public (NetworkNamespace Pod, IReadOnlyList<string> Addresses) AddPodOfAll(string name)
    {
        var pod = Add(name);
        var addresses = PodAttachment.Attach(Node, pod, _network.ConfigDirectory);
        _servers.Add(new EchoServer(pod, name, 8080));
        return (pod, addresses);
    }

    public void Serve(string name, NetworkNamespace ns, int port) => _servers.Add(new EchoServer(ns, name, port));

    /// <summary>Opens a connection and returns the server's answer: its name and the address that it saw.</summary>
    public static async Task<string> ConnectAsync(NetworkNamespace from, string address, int port, double seconds = 20)
    {
        using var socket = from.Run(() => new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        await socket.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
        return await ReadAsync(socket, limit.Token);
    }

    public static Socket Udp(NetworkNamespace from, string address, int port)
    {
        var socket = from.Run(() => new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Dgram, ProtocolType.Udp));
        socket.Connect(IPAddress.Parse(address), port);
        return socket;
    }

    public static async Task<string> AskAsync(Socket udp)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await udp.SendAsync("?"u8.ToArray(), limit.Token);
        return await ReadAsync(udp, limit.Token);
    }

    /// <summary>Waits until something is so; the proxy follows the API on its own.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (true)
        {
            try
            {
                if (await condition()) return;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !limit.IsCancellationRequested)
            {
                // Not yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    public async Task StopProxyAsync()
    {
        if (_proxy is { } proxy) await proxy.StopAsync(default);
        if (_policies is { } policies) await policies.StopAsync(default);
        (_proxy, _policies) = (null, null);
    }

    public Task CleanupNetworkAsync() => PodNetwork.CleanupAsync(_network, default);

    public async ValueTask DisposeAsync()
    {
        await StopProxyAsync();
        await Informers.DisposeAsync();
        _servers.ForEach(s => s.Dispose());
        _namespaces.ForEach(n => n.Dispose());
        Directory.Delete(_state, recursive: true);
    }

    private static async Task<string> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[256];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer, cancellationToken));
    }

    private NetworkNamespace Add(string name)
    {
        var ns = new NetworkNamespace($"{_id}-{name}");
        _namespaces.Add(ns);
        return ns;
    }
}
