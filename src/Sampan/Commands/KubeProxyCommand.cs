using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api;
using Sampan.Api.Codec;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Cluster.Host;
using Sampan.Proxy;
using Sampan.Proxy.Configuration;
using Sampan.Terminal;

namespace Sampan.Commands;

/// <summary>`sampan kube-proxy`</summary>
internal static class KubeProxyCommand
{
    private static readonly Option<string?> Config = new("--config") { Description = "A KubeProxyConfiguration file; it replaces all flags but --hostname-override." };
    private static readonly Option<string?> NodeName = new("--hostname-override") { Description = "The node's name (default: the host's)." };
    private static readonly Option<string?> Master = new("--master") { Description = "The API server's URL; wins over the kubeconfig's." };
    private static readonly Option<bool> InitOnly = new("--init-only") { Description = "Set what needs full root rights (the limits of connection tracking) and end." };
    private static readonly Option<int> HealthzPort = new("--healthz-port") { Hidden = true, DefaultValueFactory = _ => 10256 };
    private static readonly Option<int> MetricsPort = new("--metrics-port") { Hidden = true, DefaultValueFactory = _ => 10249 };
    private static readonly Option<bool> Cleanup = new("--cleanup") { Description = "Remove all rules of the proxy and end." };
    private static readonly Option<string?> WriteConfigTo = new("--write-config-to") { Description = "Write the configuration in force to this file and end." };
    private static readonly Option<int> Verbosity = new("--v", "-v") { Description = "How much to log: 0 to 4." };

    public static Command Create()
    {
        var command = new Command("kube-proxy", "Run the Service proxy alone, against any API server.") { Config, NodeName, Master, InitOnly, HealthzPort, MetricsPort, Cleanup, WriteConfigTo, Verbosity };
        foreach (var flag in KubeProxyFlags.All) command.Options.Add(flag.Option);
        UpstreamFlag.AddTo(command, KubeProxyFlags.WithoutUse);
        command.SetAction(async (result, ct) =>
        {
            if (result.GetValue(WriteConfigTo) is { } file) return Write(result, file);
            if (result.GetValue(InitOnly)) return Initialize(result);
            if (!result.GetValue(Cleanup)) return await ComponentRunner.RunAsync(result.GetValue(Verbosity), logs => StartAsync(result, logs, ct), ct);
            await KubeProxy.CleanupAsync(ct);
            return 0;
        });
        return command;
    }

    private static async Task<IReadOnlyList<IComponent>> StartAsync(ParseResult result, ILoggerFactory logs, CancellationToken ct)
    {
        var configuration = Configuration(result);
        var log = logs.CreateLogger("kube-proxy");
        foreach (var remark in UpstreamFlag.Remarks(result, KubeProxyFlags.WithoutUse).Concat(configuration.Remarks())) log.LogWarning("{Remark}", remark);
        if (configuration.OomScoreAdj is { } score && new HostSettings().SetOomScore(score) is { } refused) log.LogDebug("{Refused}", refused);
        SetConntrack(configuration);
        var informers = new InformerFactory(new ApiClient(Connection(result, configuration)), TimeProvider.System, logs);
        var proxy = new KubeProxy(Options(result, configuration, informers, logs));
        await informers.StartAsync(ct);
        return [proxy];
    }

    /// <summary>As a pod does when nothing else is said, or by a kubeconfig.</summary>
    private static ClientConfig Connection(ParseResult result, KubeProxyConfiguration configuration)
    {
        string? file = configuration.ClientConnection.Kubeconfig is { Length: > 0 } given ? given : null;
        var config = file is null && InClusterConfig.IsAvailable ? InClusterConfig.Load() : Kubeconfig.Load(file).ToClientConfig();
        return (result.GetValue(Master) is { } master ? config with { Server = master } : config) with { UserAgent = "kube-proxy" };
    }

    private static int Initialize(ParseResult result)
    {
        try
        {
            SetConntrack(Configuration(result));
            return 0;
        }
        catch (HostException e)
        {
            return Failure.Show(e);
        }
    }

    private static void SetConntrack(KubeProxyConfiguration configuration)
    {
        if (new HostSettings().SetConntrack(configuration.Conntrack) is { Count: > 0 } problems)
            throw new HostException($"could not set conntrack parameters from kube-proxy configuration: {string.Join("; ", problems)}");
    }

    private static int Write(ParseResult result, string file)
    {
        try
        {
            File.WriteAllText(file, YamlTree.Format(ConfigurationLoader.Write(Configuration(result))));
            return 0;
        }
        catch (Exception e) when (e is HostException or IOException or UnauthorizedAccessException)
        {
            return Failure.Show(e);
        }
    }

    private static KubeProxyConfiguration Configuration(ParseResult result)
    {
        var flags = new JsonObject();
        foreach (var flag in KubeProxyFlags.All) flag.Apply(result, flags);
        var defaults = new KubeProxyConfiguration();
        flags["healthzBindAddress"] = ConfigurationLoader.AddressOfFlags((string?)flags["healthzBindAddress"] ?? defaults.HealthzBindAddress, result.GetValue(HealthzPort));
        flags["metricsBindAddress"] = ConfigurationLoader.AddressOfFlags((string?)flags["metricsBindAddress"] ?? defaults.MetricsBindAddress, result.GetValue(MetricsPort));
        try
        {
            return ConfigurationLoader.Load(result.GetValue(Config), flags);
        }
        catch (ConfigurationException e)
        {
            throw new HostException(e.Message);
        }
    }

    private static KubeProxyOptions Options(ParseResult result, KubeProxyConfiguration configuration, InformerFactory informers, ILoggerFactory logs) => new()
    {
        NodeName = result.GetValue(NodeName) ?? (configuration.HostnameOverride is { Length: > 0 } name ? name : Environment.MachineName.ToLowerInvariant()),
        Informers = informers,
        ClusterCidrs = configuration.ClusterCidr.Split(',', StringSplitOptions.RemoveEmptyEntries),
        DetectLocal = configuration.LocalMode,
        PodInterface = configuration.PodInterface,
        MasqueradeAll = configuration.Nftables.MasqueradeAll,
        MasqueradeBit = configuration.Nftables.MasqueradeBit ?? 14,
        NodePortAddresses = NodePortAddresses(configuration),
        TcpBeLiberal = configuration.Conntrack.TcpBeLiberal == true,
        HealthAddress = ConfigurationLoader.EndPoint(configuration.HealthzBindAddress),
        MetricsAddress = ConfigurationLoader.EndPoint(configuration.MetricsBindAddress),
        BindAddressHardFail = configuration.BindAddressHardFail,
        SyncPeriod = Period(configuration.Nftables.SyncPeriod) is { Ticks: > 0 } period ? period : TimeSpan.FromSeconds(15),
        MinSyncPeriod = Period(configuration.Nftables.MinSyncPeriod),
        Configuration = ConfigurationLoader.Write(configuration),
        Flags = ComponentFlags.Shown(result),
        Metrics = Metrics(),
        Logs = logs,
    };

    private static MetricRegistry Metrics()
    {
        var metrics = new MetricRegistry();
        ProcessMetrics.AddTo(metrics);
        return metrics;
    }

    private static TimeSpan Period(string text) => Duration.TryParse(text, out var period) ? period.ToTimeSpan() : TimeSpan.Zero;

    /// <summary>"primary" stands for the node's own addresses, one of each IP family; in mode nftables it is the default, as upstream's.</summary>
    private static IReadOnlyList<string> NodePortAddresses(KubeProxyConfiguration configuration) => configuration.NodePortAddresses switch
    {
        ["primary"] => OwnAddresses(configuration),
        [] when configuration.Mode == "nftables" => OwnAddresses(configuration),
        var ranges => ranges,
    };

    private static IReadOnlyList<string> OwnAddresses(KubeProxyConfiguration configuration)
    {
        var given = IPAddress.TryParse(configuration.BindAddress, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any) ? address : null;
        var found = new[] { given, NodeAddresses.Primary(), NodeAddresses.PrimaryV6() }.OfType<IPAddress>();
        return [.. found.DistinctBy(a => a.AddressFamily).Select(a => a.ToString())];
    }
}
