using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Kubelet;
using Sampan.Kubelet.Configuration;

namespace Sampan.Commands;

/// <summary>`sampan kubelet`</summary>
internal static class KubeletCommand
{
    private static readonly Option<string?> Kubeconfig = new("--kubeconfig") { Description = "How to reach the API server." };
    private static readonly Option<string?> Config = new("--config") { Description = "A KubeletConfiguration file; flags win over it." };
    private static readonly Option<string?> ConfigDir = new("--config-dir") { Description = "A folder of drop-ins (*.conf) over the configuration file." };
    private static readonly Option<string?> NodeName = new("--hostname-override") { Description = "The node's name (default: the host's)." };
    private static readonly Option<string?> NodeIp = new("--node-ip") { Description = "The node's address (default: the one of the default route)." };
    private static readonly Option<string?> NodeLabels = new("--node-labels") { Description = "Labels of a new node: key=value,…" };
    private static readonly Option<string> RootDir = new("--root-dir") { Description = "Pods' volumes and files.", DefaultValueFactory = _ => "/var/lib/kubelet" };
    private static readonly Option<int> Verbosity = new("--v", "-v") { Description = "How much to log: 0 to 4." };

    public static Command Create()
    {
        var command = new Command("kubelet", "Run a node agent alone, against any API server and CRI runtime.") { Kubeconfig, Config, ConfigDir, NodeName, NodeIp, NodeLabels, RootDir, Verbosity };
        foreach (var flag in KubeletConfigurationFlags.All) command.Options.Add(flag.Option);
        UpstreamFlag.AddTo(command, KubeletUpstreamFlags.All);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(Verbosity), logs => Task.FromResult(Start(result, logs)), ct));
        return command;
    }

    private static IReadOnlyList<IComponent> Start(ParseResult result, ILoggerFactory logs)
    {
        foreach (var remark in UpstreamFlag.Remarks(result, KubeletUpstreamFlags.All)) logs.CreateLogger("kubelet").LogWarning("{Remark}", remark);
        return [new Kubelet.Kubelet(Options(result, Configuration(result), logs))];
    }

    private static KubeletConfiguration Configuration(ParseResult result)
    {
        var flags = new JsonObject();
        foreach (var flag in KubeletConfigurationFlags.All) flag.Apply(result, flags);
        try
        {
            return ConfigurationLoader.Load(result.GetValue(Config), result.GetValue(ConfigDir), flags);
        }
        catch (ConfigurationException e)
        {
            throw new HostException(e.Message);
        }
    }

    private static KubeletOptions Options(ParseResult result, KubeletConfiguration configuration, ILoggerFactory logs)
    {
        var name = result.GetValue(NodeName) ?? Environment.MachineName.ToLowerInvariant();
        var serving = Certificate(configuration, name);
        return new KubeletOptions
        {
            Client = new ApiClient(Client.Kubeconfig.Load(result.GetValue(Kubeconfig)).ToClientConfig() with { UserAgent = "kubelet" }),
            NodeName = name,
            NodeIP = result.GetValue(NodeIp) ?? NodeAddresses.Primary().ToString(),
            NodeLabels = Labels(result.GetValue(NodeLabels)),
            RootDirectory = result.GetValue(RootDir)!,
            Configuration = configuration,
            ServingCertificate = () => serving,
            ClientCertificateAuthorities = configuration.Authentication.X509.ClientCaFile is { Length: > 0 } authority ? Authorities(authority) : null,
            Version = ApiServer.ServerVersion.GitVersion,
            Logs = logs,
        };
    }

    private static Dictionary<string, string> Labels(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : throw new HostException($"--node-labels: \"{pair[0]}\" is not written as key=value"));

    private static X509Certificate2 Certificate(KubeletConfiguration configuration, string name) => (configuration.TlsCertFile, configuration.TlsPrivateKeyFile) switch
    {
        ({ Length: > 0 } file, { Length: > 0 } key) => X509Certificate2.CreateFromPemFile(file, key),
        ({ Length: > 0 }, _) => throw new HostException("--tls-cert-file needs --tls-private-key-file"),
        _ => SelfSigned.Create(name, TimeProvider.System),
    };

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
