using System.CommandLine;
using System.Net;
using Sampan.Cluster;
using Sampan.Cluster.Host;
using Sampan.Cluster.Server;

namespace Sampan.Commands;

/// <summary>What a cluster's server may be told: the same words for `up`, which hands them on, and for `server`.</summary>
internal sealed class ServerOptions
{
    public Option<string?> NodeName { get; } = new("--node-name") { Description = "The node's name (default: the host's)." };
    public Option<string?> NodeIp { get; } = new("--node-ip") { Description = "The node's address (default: the one of the default route), or one of each IP family between commas." };
    public Option<int> SecurePort { get; } = new("--secure-port") { Description = "The API server's port.", DefaultValueFactory = _ => 6443 };
    public Option<string> ServiceCidr { get; } = new("--service-cidr") { Description = "Addresses of Services: a range, or one of each IP family between commas.", DefaultValueFactory = _ => "10.96.0.0/16" };
    public Option<string> ClusterCidr { get; } = new("--cluster-cidr") { Description = "Addresses of pods, likewise, IPv4 first.", DefaultValueFactory = _ => "10.244.0.0/16" };
    public Option<string> LoadBalancerCidr { get; } = new("--load-balancer-cidr") { Description = "Addresses of Services of type LoadBalancer, reached on this machine and by routes to it; \"none\": they get none.", DefaultValueFactory = _ => "10.98.0.0/24" };
    public Option<string> Cni { get; } = new Option<string>("--cni") { Description = "Who makes the pod network: sampan, or none: you bring your own.", DefaultValueFactory = _ => "sampan" }.AcceptOnlyFromAmong("sampan", "none");
    public CniFolderOptions CniFolders { get; } = new();
    public Option<string> ClusterDomain { get; } = new("--cluster-domain") { Description = "The DNS domain of the cluster.", DefaultValueFactory = _ => "cluster.local" };
    public DurationFlag SigningDuration { get; } = new("--cluster-signing-duration", TimeSpan.FromDays(365), "How long the certificates live that the cluster signs for nodes and others.");
    public Option<string?> Containerd { get; } = new("--container-runtime-endpoint") { Description = "The socket of a container runtime that runs already (default: Sampan starts containerd)." };
    public Option<string> Conntrack { get; } = ConntrackOption.Create();
    public Option<int> SimulatedNodes { get; } = new("--simulated-nodes") { Description = "Nodes without machines to add, for trying schedulers and autoscalers: up to 100000. Their pods are nothing but status." };
    public Option<int> Verbosity { get; } = new("--v", "-v") { Description = "How much to log: 0 to 4.", DefaultValueFactory = _ => 0 };

    private IEnumerable<Option> All => [NodeName, NodeIp, SecurePort, ServiceCidr, ClusterCidr, LoadBalancerCidr, Cni, .. CniFolders.All, ClusterDomain, SigningDuration.Option, Containerd, Conntrack, SimulatedNodes, Verbosity];

    public void AddTo(Command command)
    {
        foreach (var option in All) command.Options.Add(option);
    }

    /// <summary>The options that the user named, as arguments of `sampan server`.</summary>
    public IReadOnlyList<string> ToArguments(ParseResult result) =>
        [.. All.Select(option => result.GetResult(option))
            .Where(given => given is { Implicit: false })
            .Select(given => $"{given!.Option.Name}={given.Tokens[0].Value}")];

    public ClusterOptions ToClusterOptions(ParseResult result, ClusterPaths paths)
    {
        var pods = AddressRanges.Parse("--cluster-cidr", result.GetValue(ClusterCidr)!);
        var node = NodeIpOption.Read(result.GetValue(NodeIp), pods.Count > 1);
        var options = new ClusterOptions
        {
            Paths = paths,
            NodeAddress = node.First,
            SecondNodeAddress = node.Second,
            SecurePort = result.GetValue(SecurePort),
            ServiceCidr = result.GetValue(ServiceCidr)!,
            ClusterCidr = result.GetValue(ClusterCidr)!,
            LoadBalancerCidr = LoadBalancers(result.GetValue(LoadBalancerCidr)!),
            ClusterDomain = result.GetValue(ClusterDomain)!,
            SigningDuration = SigningDuration.Value(result),
            RuntimeEndpoint = result.GetValue(Containerd),
            ForeignCni = result.GetValue(Cni) == "none" ? CniFolders.Read(result) : null,
            Conntrack = ConntrackOption.Read(result, Conntrack),
            SimulatedNodes = result.GetValue(SimulatedNodes),
        };
        if (result.GetValue(NodeName) is { } name) options = options with { NodeName = name };
        NodeNames.Check(options.NodeName);
        return options;
    }

    private static string? LoadBalancers(string text) =>
        text == "none" ? null
        : IPNetwork.TryParse(text, out _) ? text
        : throw new HostException($"--load-balancer-cidr: \"{text}\" is no range of addresses; write it as 10.98.0.0/24, or \"none\"");
}
