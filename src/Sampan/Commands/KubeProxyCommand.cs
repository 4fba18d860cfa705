using System.CommandLine;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api.Codec;
using Sampan.Client;
using Sampan.Client.Informers;
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
    private static readonly Option<bool> Cleanup = new("--cleanup") { Description = "Remove all rules of the proxy and end." };
    private static readonly Option<string?> WriteConfigTo = new("--write-config-to") { Description = "Write the configuration in force to this file and end." };
    private static readonly Option<int> Verbosity = new("--v", "-v") { Description = "How much to log: 0 to 4." };

    public static Command Create()
    {
        var command = new Command("kube-proxy", "Run the Service proxy alone, against any API server.") { Config, NodeName, Cleanup, WriteConfigTo, Verbosity };
        foreach (var flag in KubeProxyFlags.All) command.Options.Add(flag.Option);
        UpstreamFlag.AddTo(command, KubeProxyFlags.WithoutUse);
        command.SetAction(async (result, ct) =>
        {
            if (result.GetValue(WriteConfigTo) is { } file) return Write(result, file);
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
        var kubeconfig = Kubeconfig.Load(configuration.ClientConnection.Kubeconfig is { Length: > 0 } file ? file : null);
        var informers = new InformerFactory(new ApiClient(kubeconfig.ToClientConfig() with { UserAgent = "kube-proxy" }), TimeProvider.System, logs);
        var proxy = new KubeProxy(Options(result, configuration, informers, logs));
        await informers.StartAsync(ct);
        return [proxy];
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
        HealthAddress = ConfigurationLoader.EndPoint(configuration.HealthzBindAddress),
        MetricsAddress = ConfigurationLoader.EndPoint(configuration.MetricsBindAddress),
        Configuration = ConfigurationLoader.Write(configuration),
        Logs = logs,
    };

    /// <summary>"primary" stands for the node's own address.</summary>
    private static IReadOnlyList<string> NodePortAddresses(KubeProxyConfiguration configuration) =>
        [.. configuration.NodePortAddresses.Select(range => range == "primary" ? NodeAddresses.Primary().ToString() : range)];
}
