using Sampan.Api.Core.V1;
using Sampan.Client.Informers;
using Sampan.Network;
using Sampan.Network.Host;
using Sampan.Proxy;
using Sampan.Proxy.Conntrack;
using Sampan.Proxy.Nftables;
using Sampan.Testing.Fakes;

namespace Sampan.EndToEnd.Tests.Network;

/// <summary>One of several nodes in namespaces, with its own pod network, routes to the others and proxy.</summary>
internal sealed class RoutedNode : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("network-").FullName;
    private readonly List<IDisposable> _owned = [];
    private readonly InformerFactory _informers;
    private readonly PodNetwork _network;
    private readonly NodeRoutes _routes;
    private readonly KubeProxy _proxy;
    private readonly NetworkPolicyEnforcer _policies;
    private readonly string _name;

    public RoutedNode(FakeApi api, NetworkNamespace router, string id, string name, string address, string podCidr, string? addressV6 = null, int? mtu = null)
    {
        (_name, Address) = (name, address);
        Namespace = new NetworkNamespace($"{id}-{name}");
        var host = new LinuxHost("ip", "netns", "exec", Namespace.Name);
        Namespace.Exec("sh", "-c", "echo 0 > /proc/sys/net/ipv4/ip_forward");
        NetworkNamespace.Shell("ip", "link", "add", "eth0", "netns", Namespace.Name, "type", "veth", "peer", "name", $"to-{name}", "netns", router.Name);
        string subnet = address[..address.LastIndexOf('.')];
        router.Exec("ip", "link", "set", "dev", $"to-{name}", "master", $"br{subnet.Split('.')[2]}", "up");
        Namespace.Exec("ip", "address", "add", $"{address}/24", "dev", "eth0");
        if (addressV6 is not null) Namespace.Exec("ip", "address", "add", $"{addressV6}/64", "dev", "eth0", "nodad");
        if (mtu is not null)
        {
            Namespace.Exec("ip", "link", "set", "eth0", "mtu", $"{mtu}");
            router.Exec("ip", "link", "set", $"to-{name}", "mtu", $"{mtu}");
        }

        Namespace.Exec("ip", "link", "set", "eth0", "up");
        Namespace.Exec("ip", "route", "add", "default", "via", $"{subnet}.1");
        _informers = new InformerFactory(api.Client, TimeProvider.System);
        Configuration = Path.Combine(_state, "net.d");
        _network = new PodNetwork(new PodNetworkOptions
        {
            PodCidr = podCidr, ClusterCidr = "10.244.0.0/16,fd00:10:244::/48", ConfigDirectory = Configuration,
            StateDirectory = Path.Combine(_state, "state"), Host = host, Mtu = mtu,
        });
        _routes = new NodeRoutes(new NodeRoutesOptions { NodeName = name, Informers = _informers, Host = host });
        _proxy = new KubeProxy(new KubeProxyOptions
        {
            NodeName = name, Informers = _informers, ClusterCidrs = ["10.244.0.0/16"],
            OpenNftables = () => Namespace.Run(() => LibNftables.TryOpen()!),
            Conntrack = new NetlinkConntrack(() => Namespace.Run(() => new NetlinkSocket())),
        });
        _policies = new NetworkPolicyEnforcer(new NetworkPolicyOptions
        {
            NodeName = name, Informers = _informers, OpenNftables = () => Namespace.Run(() => LibNftables.TryOpen()!),
        });
        api.Set(new Node
        {
            Metadata = new() { Name = name },
            Spec = new() { PodCIDR = podCidr.Split(',')[0], PodCIDRs = [.. podCidr.Split(',')] },
            Status = new() { Addresses = [.. new[] { address, addressV6 }.OfType<string>().Select(a => new NodeAddress { Type = "InternalIP", Address = a })] },
        });
    }

    public string Address { get; }

    public NetworkNamespace Namespace { get; }

    private string Configuration { get; }

    public async Task StartAsync()
    {
        await _network.StartAsync(default);
        await _network.ReadyAsync(default);
        await _routes.StartAsync(default);
        await _proxy.StartAsync(default);
        await _policies.StartAsync(default);
        await _informers.StartAsync(default);
        await _routes.ReadyAsync(default);
        await _proxy.ReadyAsync(default);
        await _policies.ReadyAsync(default);
    }

    /// <summary>A pod with an echo server on port 8080 that answers with its name.</summary>
    public (NetworkNamespace Pod, string Address) AddPod(string name)
    {
        var (pod, addresses) = AddPodOfAll(name);
        return (pod, addresses[0]);
    }

    /// <summary>The same with an address of each IP family.</summary>
    public (NetworkNamespace Pod, IReadOnlyList<string> Addresses) AddPodOfAll(string name)
    {
        var pod = new NetworkNamespace($"{Namespace.Name}-{name}");
        _owned.Add(pod);
        var addresses = PodAttachment.Attach(Namespace, pod, Configuration);
        _owned.Insert(0, new EchoServer(pod, name, 8080));
        return (pod, addresses);
    }

    public string Routes() => Namespace.Exec("ip", "route");

    public async ValueTask DisposeAsync()
    {
        await _policies.StopAsync(default);
        await _proxy.StopAsync(default);
        await _routes.StopAsync(default);
        await _network.StopAsync(default);
        await _informers.DisposeAsync();
        _owned.ForEach(o => o.Dispose());
        Namespace.Dispose();
        Directory.Delete(_state, recursive: true);
    }
}
