using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Cluster.Host;
using Sampan.ControllerManager;
using Sampan.ControllerManager.ServiceAccounts;

namespace Sampan.Commands;

/// <summary>`sampan kube-controller-manager`</summary>
internal sealed class KubeControllerManagerCommand
{
    private readonly ComponentFlags _flags = new("kube-controller-manager", 10257);
    private readonly Option<string> _controllers = new("--controllers") { Description = "Which run: '*' all that are on by default, 'name' and '-name' add and remove.", DefaultValueFactory = _ => "*" };
    private readonly Option<string?> _clusterCidr = new("--cluster-cidr") { Description = "Addresses of pods, of which each node gets a share." };
    private readonly Option<bool> _allocate = new("--allocate-node-cidrs") { Description = "Give each node its share of --cluster-cidr." };
    private readonly Option<int> _prefix = new("--node-cidr-mask-size", "--node-cidr-mask-size-ipv4") { Description = "The prefix length of a node's share of IPv4 addresses.", DefaultValueFactory = _ => 24 };
    private readonly Option<int> _prefixV6 = new("--node-cidr-mask-size-ipv6") { Description = "The prefix length of a node's share of IPv6 addresses.", DefaultValueFactory = _ => 64 };
    private readonly Option<string?> _rootCa = new("--root-ca-file") { Description = "The certificate authority that is published to every namespace." };
    private readonly Option<string?> _key = new("--service-account-private-key-file") { Description = "The key that signs service account tokens." };
    private readonly Option<bool> _ownAccounts = new("--use-service-account-credentials") { Description = "Let each controller act as a service account of its own, with only the rights of its role." };
    private readonly Option<int> _terminatedPods = new("--terminated-pod-gc-threshold") { Description = "Finished pods beyond this number are removed; 0: none are.", DefaultValueFactory = _ => 12_500 };
    private readonly Option<int> _perSlice = new("--max-endpoints-per-slice") { Description = "The most endpoints of an EndpointSlice, 1000 at most.", DefaultValueFactory = _ => 100 };
    private readonly Option<string?> _serviceRange = new("--service-cluster-ip-range") { Description = "The addresses of Services, which no node gets for its pods; with a comma between those of both families." };
    private readonly Option<bool> _noForce = new("--disable-force-detach-on-timeout") { Description = "Never take a volume from a node that does not answer, unless the node is tainted as out of service." };
    private readonly Option<bool> _collects = new("--enable-garbage-collector") { Description = "Delete what has lost its owners.", DefaultValueFactory = _ => true };
    private readonly DurationFlag _legacyTokens = new("--legacy-service-account-token-clean-up-period", TimeSpan.FromDays(365), "After how long without use a token Secret that nobody asked for is made invalid, and after how long more it goes.");
    private readonly AccessFlags _access = new();
    private readonly SigningFlags _signing = new();
    private readonly AutoscalerFlags _autoscaler = new();
    private readonly NodeLifecycleFlags _nodes = new();
    private readonly RecyclerFlags _recycler = new();
    private readonly ConcurrencyFlags _concurrency = new();

    private KubeControllerManagerCommand()
    {
    }

    public static Command Create() => new KubeControllerManagerCommand().Build();

    private Command Build()
    {
        var command = new Command("kube-controller-manager", "Run the controllers alone, against any API server.")
        {
            _controllers, _clusterCidr, _allocate, _prefix, _prefixV6, _rootCa, _key, _ownAccounts, _terminatedPods, _perSlice, _serviceRange, _noForce, _collects, _legacyTokens.Option,
        };
        _flags.AddTo(command);
        _access.AddTo(command);
        _signing.AddTo(command);
        _autoscaler.AddTo(command);
        _nodes.AddTo(command);
        _recycler.AddTo(command);
        _concurrency.AddTo(command);
        UpstreamFlag.AddTo(command, ControllerManagerUpstreamFlags.All);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(
            result.GetValue(_flags.Verbosity), logs => Task.FromResult<IReadOnlyList<IComponent>>([Manager(result, logs)]), ct));
        return command;
    }

    private ControllerManager.ControllerManager Manager(ParseResult result, ILoggerFactory logs)
    {
        var log = logs.CreateLogger("sampan");
        foreach (var remark in UpstreamFlag.Remarks(result, ControllerManagerUpstreamFlags.All)) log.LogInformation("{Remark}", remark);
        var metrics = new MetricRegistry();
        var config = _flags.Config(result) with { Metrics = metrics };
        var client = new ApiClient(config);
        var options = new ControllerManagerOptions
        {
            Client = client,
            ClientFor = result.GetValue(_ownAccounts) ? account => ClientOf(client, config, account) : null,
            Logs = logs,
            Metrics = metrics,
            Controllers = [.. result.GetValue(_controllers)!.Split(','), .. result.GetValue(_collects) ? Array.Empty<string>() : ["-garbage-collector-controller"]],
            Workers = _concurrency.Workers(result),
            LeaderElection = _flags.Election(result),
            RootCa = result.GetValue(_rootCa) is { } file ? PemText.In(file) : null,
            ServiceAccountKey = result.GetValue(_key) is { } keyFile ? PemText.In(keyFile) : null,
            SigningKeys = _signing.Keys(result),
            SigningDuration = _signing.Duration(result),
            ClusterCidr = result.GetValue(_allocate) ? result.GetValue(_clusterCidr) : null,
            NodeCidrPrefix = result.GetValue(_prefix),
            NodeCidrPrefixV6 = result.GetValue(_prefixV6),
            Autoscaler = _autoscaler.Options(result),
            NodeLifecycle = _nodes.Options(result),
            Recycler = _recycler.Options(result),
            TerminatedPodLimit = result.GetValue(_terminatedPods),
            MaxEndpointsPerSlice = result.GetValue(_perSlice) is >= 1 and <= 1000 and var most ? most : throw new HostException("--max-endpoints-per-slice must be from 1 to 1000"),
            ServiceRange = result.GetValue(_serviceRange),
            ForcesDetach = !result.GetValue(_noForce),
            LegacyTokenPeriod = _legacyTokens.Value(result),
        };
        return new(options with { Health = _flags.Health(result) is { } health ? health with { Pages = PagesOf(options), Access = _access.Of(result) } : null });
    }

    private static Dictionary<string, RequestDelegate> PagesOf(ControllerManagerOptions options)
    {
        var configuration = ControllerManagerConfiguration.Of(options);
        return new()
        {
            ["/configz"] = context =>
            {
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(configuration);
            },
        };
    }

    private static ApiClient ClientOf(ApiClient client, ClientConfig config, string account)
    {
        var token = new ServiceAccountToken(client, account, TimeProvider.System);
        return new ApiClient(config.Anonymous() with { TokenSource = token.GetAsync, TokenRefused = token.Forget, UserAgent = $"{config.UserAgent}/{account}" });
    }
}
