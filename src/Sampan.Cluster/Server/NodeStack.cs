using System.Net;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Cluster.Host;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Simulated;
using Sampan.Network;
using Sampan.Network.Dns;
using Sampan.Proxy;
using Sampan.Proxy.Configuration;

namespace Sampan.Cluster.Server;

/// <summary>The parts of a node: the kubelet, the pod network, the routes to other nodes, policies, the proxy and the DNS.</summary>
internal sealed class NodeStack(
    ClusterOptions options, NodeIdentity identity, ComponentList components, MetricRegistry metrics, TimeProvider time, ILoggerFactory logs)
{
    private const int DnsPort = 10053, ProxyHealthPort = 10256, ProxyMetricsPort = 10249;

    /// <summary>
    /// The kubelet registers the node; the controller manager gives it a range of addresses; with that the pod network can be
    /// made, and only then the node becomes ready. Where somebody else makes it, all this is theirs, and the policies too.
    /// </summary>
    public async Task StartAsync(CancellationToken ct)
    {
        SetConntrack();
        var kubelet = Kubelet();
        await components.BeginAsync(kubelet, ct);
        if (options.ForeignCni is null) await components.StartAsync(await PodNetworkAsync(ct), ct);
        var informers = new InformerFactory(identity.Agent, time, logs);
        IComponent[] network = options.ForeignCni is null ? [Routes(informers), Policies(informers)] : [];
        var dns = Dns(informers);
        IComponent[] parts = [.. network, Proxy(informers, new HealthCheck("dns", () => dns.Problem, ReadinessOnly: true)), dns];
        foreach (var part in parts) await components.BeginAsync(part, ct);
        await informers.StartAsync(ct);
        foreach (var part in parts) await components.ReadyAsync(part, ct);
        await components.ReadyAsync(kubelet, ct);
    }

    private void SetConntrack()
    {
        if (options.Conntrack is not { } limits) return;
        foreach (string problem in new HostSettings().SetConntrack(limits)) logs.CreateLogger("KubeProxy").LogWarning("{Problem}", problem);
    }

    private Kubelet.Kubelet Kubelet() => new(new Kubelet.KubeletOptions
    {
        Client = identity.Kubelet,
        NodeName = options.NodeName,
        NodeIP = options.SecondNodeAddress is { } second ? $"{options.NodeAddress},{second}" : options.NodeAddress.ToString(),
        Version = KubernetesVersion.Git,
        RootDirectory = options.Paths.Kubelet,
        LocalVolumesDirectory = options.Paths.Volumes,
        Configuration = KubeletConfiguration(),
        ServingCertificate = identity.Serving,
        ClientCertificateAuthorities = () => [identity.Authority],
        CompletePod = ApiServer.Registry.Core.PodManifest.Complete,
        Time = time,
        Logs = logs,
    });

    private KubeletConfiguration KubeletConfiguration() => new()
    {
        FailSwapOn = false,
        Address = options.NodeAddress.ToString(),
        Port = options.KubeletPort,
        HealthzPort = 0,
        PodLogsDir = options.Paths.PodLogs,
        StaticPodPath = options.Paths.Manifests,
        ContainerRuntimeEndpoint = options.RuntimeEndpoint ?? options.Paths.ContainerdSocket,
        CgroupRoot = options.CgroupRoot,
        ClusterDns = [options.DnsAddress.ToString()],
        ClusterDomain = options.ClusterDomain,
    };

    private async Task<PodNetwork> PodNetworkAsync(CancellationToken ct) => new(new PodNetworkOptions
    {
        PodCidr = await NodePodCidr.WaitAsync(identity.Agent, options.NodeName, ct),
        ClusterCidr = options.ClusterCidr,
        ServiceCidr = options.ServiceCidr,
        LoadBalancerCidr = options.LoadBalancerCidr,
        Mtu = NodeAddresses.MtuOf(options.NodeAddress),
        ConfigDirectory = options.Paths.Cni,
        StateDirectory = options.Paths.CniState,
        Logs = logs,
    });

    private NodeRoutes Routes(InformerFactory informers) => new(new NodeRoutesOptions
    {
        NodeName = options.NodeName, Informers = informers, IsWithoutMachine = IsSimulated, Time = time, Logs = logs,
    });

    private NetworkPolicyEnforcer Policies(InformerFactory informers) => new(new NetworkPolicyOptions
    {
        NodeName = options.NodeName, Informers = informers, Metrics = metrics, Time = time, Logs = logs,
    });

    private KubeProxy Proxy(InformerFactory informers, HealthCheck dns) => new(new KubeProxyOptions
    {
        NodeName = options.NodeName, Informers = informers, ClusterCidrs = options.ClusterCidr.Split(','), LocalhostNodePorts = options.ForeignCni is null,
        TcpBeLiberal = options.Conntrack?.TcpBeLiberal == true,
        HealthAddress = new IPEndPoint(IPAddress.Any, ProxyHealthPort), MoreChecks = [dns], MetricsAddress = new IPEndPoint(IPAddress.Loopback, ProxyMetricsPort),
        Metrics = metrics, Time = time, Logs = logs,
    });

    private ClusterDns Dns(InformerFactory informers) => new(new ClusterDnsOptions
    {
        NodeName = options.NodeName, Informers = informers, Listen = new IPEndPoint(options.NodeAddress, DnsPort), ClusterIP = options.DnsAddress,
        Domain = options.ClusterDomain, Ranges = [.. options.ServiceNetworks, .. options.PodNetworks], Metrics = metrics, Time = time, Logs = logs,
    });

    private static bool IsSimulated(Node node) => node.Metadata.Annotations.OrEmpty().GetValueOrDefault(SimulationAnnotations.Node) == "true";
}
