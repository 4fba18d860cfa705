using System.CommandLine;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Client;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Host;
using Sampan.Kubelet;
using Sampan.Kubelet.Certificates;
using Sampan.Kubelet.Configuration;
using Sampan.Kubelet.Linux;

namespace Sampan.Commands;

/// <summary>`sampan kubelet`</summary>
internal static class KubeletCommand
{
    private static readonly Option<string?> Kubeconfig = new("--kubeconfig") { Description = "How to reach the API server; without it the kubelet runs the pods of its manifests alone." };
    private static readonly Option<string?> Config = new("--config") { Description = "A KubeletConfiguration file; flags win over it." };
    private static readonly Option<string?> ConfigDir = new("--config-dir") { Description = "A folder of drop-ins (*.conf) over the configuration file." };
    private static readonly Option<string?> NodeName = new("--hostname-override") { Description = "The node's name (default: the host's)." };
    private static readonly Option<string?> NodeIp = new("--node-ip") { Description = "The node's address (default: the one of the default route), or one of each IP family between commas; 0.0.0.0 or :: for the host's own of that family." };
    private static readonly Option<string?> CloudProvider = new("--cloud-provider") { Description = "\"external\": a cloud controller manager tells the node what its machine is; until then no pod comes." };
    private static readonly Option<string?> NodeLabels = new("--node-labels") { Description = "Labels of a new node: key=value,…" };
    private static readonly Option<string> RootDir = new("--root-dir") { Description = "Pods' volumes and files.", DefaultValueFactory = _ => "/var/lib/kubelet" };
    private static readonly Option<string?> BootstrapKubeconfig = new("--bootstrap-kubeconfig") { Description = "How to ask for the node's certificate; --kubeconfig is written then." };
    private static readonly Option<string> CertDir = new("--cert-dir") { Description = "Where certificates are kept that the cluster signs.", DefaultValueFactory = _ => "/var/lib/kubelet/pki" };
    private static readonly Option<string?> ProviderConfig = new("--image-credential-provider-config") { Description = "A CredentialProviderConfig: programs that know logins of registries." };
    private static readonly Option<string?> ProviderDir = new("--image-credential-provider-bin-dir") { Description = "Where these programs are." };
    private static readonly Option<int> MaxDead = new("--maximum-dead-containers") { Description = "How many ended containers are kept in all; -1: no limit.", DefaultValueFactory = _ => -1 };
    private static readonly Option<int> MaxDeadOfOne = new("--maximum-dead-containers-per-container") { Description = "How many ended instances of each container are kept.", DefaultValueFactory = _ => 1 };
    private static readonly DurationFlag MinDeadAge = new("--minimum-container-ttl-duration", TimeSpan.Zero, "How old an ended container is before it goes.");
    private static readonly Option<string?> RuntimeCgroups = new("--runtime-cgroups") { Description = "The control group that the container runtime runs in, to tell what it uses." };
    private static readonly Option<string?> LockPath = new("--lock-file") { Description = "A file that one kubelet at a time holds; this one waits for it." };
    private static readonly Option<bool> ExitOnLockContention = new("--exit-on-lock-contention") { Description = "End when another process opens the lock file." };
    private static readonly Option<int> Verbosity = new("--v", "-v") { Description = "How much to log: 0 to 4." };

    public static Command Create()
    {
        var command = new Command("kubelet", "Run a node agent alone, against any API server and CRI runtime.") { Kubeconfig, Config, ConfigDir, NodeName, NodeIp, CloudProvider, NodeLabels, RootDir, BootstrapKubeconfig, CertDir, ProviderConfig, ProviderDir, MaxDead, MaxDeadOfOne, MinDeadAge.Option, RuntimeCgroups, LockPath, ExitOnLockContention, Verbosity };
        foreach (var flag in KubeletConfigurationFlags.All) command.Options.Add(flag.Option);
        UpstreamFlag.AddTo(command, KubeletUpstreamFlags.All);
        command.SetAction((result, ct) => ComponentRunner.RunAsync(result.GetValue(Verbosity), logs => StartAsync(result, logs, ct), ct));
        return command;
    }

    private static async Task<IReadOnlyList<IComponent>> StartAsync(ParseResult result, ILoggerFactory logs, CancellationToken ct)
    {
        foreach (var remark in UpstreamFlag.Remarks(result, KubeletUpstreamFlags.All)) logs.CreateLogger("kubelet").LogWarning("{Remark}", remark);
        var configuration = Configuration(result);
        var held = await LockAsync(result, ct);
        if (result.GetValue(BootstrapKubeconfig) is { } bootstrap)
        {
            var kubeconfig = result.GetValue(Kubeconfig) ?? throw new HostException("--bootstrap-kubeconfig needs --kubeconfig, where the node's own is written");
            await NodeBootstrap.EnsureAsync(bootstrap, kubeconfig, ClientStore(result), Name(result), TimeProvider.System, logs.CreateLogger("kubelet"), ct);
        }

        try
        {
            return [.. held, new Kubelet.Kubelet(Options(result, configuration, logs))];
        }
        catch (ConfigurationException e)
        {
            throw new HostException(e.Message);
        }
    }

    /// <returns>The lock, where one is asked for.</returns>
    private static async Task<IReadOnlyList<IComponent>> LockAsync(ParseResult result, CancellationToken ct)
    {
        if (result.GetValue(LockPath) is not { Length: > 0 } path)
        {
            return result.GetValue(ExitOnLockContention) ? throw new HostException("cannot exit on lock file contention: no lock file specified") : [];
        }

        try
        {
            return [await LockFile.AcquireAsync(path, result.GetValue(ExitOnLockContention), ct)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException(e.Message);
        }
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
        var name = Name(result);
        var (first, second) = NodeIpOption.Read(result.GetValue(NodeIp), dualStack: false);
        IPAddress[] addresses = second is null ? [first] : [first, second];
        var client = result.GetValue(Kubeconfig) is { Length: > 0 } kubeconfig
            ? new ApiClient(Client.Kubeconfig.Load(kubeconfig).ToClientConfig() with { UserAgent = "kubelet" })
            : Standalone(configuration);
        var logger = logs.CreateLogger("kubelet");
        var signed = configuration.ServerTlsBootstrap
            ? new CertificateManager(CertificateNeed.Serving(name, addresses), new CertificateStore(result.GetValue(CertDir)!, "kubelet-server"), () => client, TimeProvider.System, logger)
            : null;
        var own = configuration.RotateCertificates && ClientStore(result).Read() is not null
            ? new CertificateManager(CertificateNeed.Client(name), ClientStore(result), () => client, TimeProvider.System, logger)
            : null;
        var serving = signed is null ? Certificate(configuration, name) : null;
        var authorities = configuration.Authentication.X509.ClientCaFile is { Length: > 0 } authority ? new WatchedFiles<X509Certificate2Collection>(() => Authorities(authority), authority) : null;
        return new KubeletOptions
        {
            Client = client,
            NodeName = name,
            NodeIP = string.Join<IPAddress>(',', addresses),
            ExternalCloud = Cloud(result),
            NodeLabels = Labels(result.GetValue(NodeLabels)),
            RootDirectory = result.GetValue(RootDir)!,
            Configuration = configuration,
            ServingCertificate = () => signed is null ? serving?.Current : signed.Current,
            Certificates = [.. new[] { own, signed }.OfType<CertificateManager>()],
            CredentialProviders = (result.GetValue(ProviderConfig), result.GetValue(ProviderDir)) switch
            {
                ({ } file, { } directory) => (file, directory),
                (null, null) => null,
                _ => throw new HostException("--image-credential-provider-config and --image-credential-provider-bin-dir need each other"),
            },
            DeadContainers = new(MinDeadAge.Value(result), result.GetValue(MaxDeadOfOne), result.GetValue(MaxDead)),
            ClientCertificateAuthorities = authorities is null ? null : () => authorities.Current,
            RuntimeCgroups = result.GetValue(RuntimeCgroups),
            Version = KubernetesVersion.Git,
            Flags = ComponentFlags.Shown(result),
            CompletePod = ApiServer.Registry.Core.PodManifest.Complete,
            Logs = logs,
        };
    }

    /// <summary>Nobody is there who could be asked about callers.</summary>
    private static ApiClient Standalone(KubeletConfiguration configuration) =>
        configuration.Authentication.Webhook.Enabled ? throw new HostException("no client provided, cannot use webhook authentication: give --kubeconfig, or set authentication.webhook.enabled to false (--authentication-token-webhook=false)")
        : configuration.Authorization.Mode == KubeletAuthorization.ByWebhook ? throw new HostException("no client provided, cannot use webhook authorization: give --kubeconfig, or set authorization.mode to AlwaysAllow (--authorization-mode)")
        : new ApiClient(new NoApiServer());

    private static ExternalCloud? Cloud(ParseResult result) => result.GetValue(CloudProvider) switch
    {
        null or "" => null,
        "external" => new ExternalCloud(result.GetValue(NodeIp)),
        var other => throw new HostException($"--cloud-provider: \"{other}\" is not supported: \"external\" is, with a cloud controller manager beside the kubelet"),
    };

    private static string Name(ParseResult result) => result.GetValue(NodeName) ?? Environment.MachineName.ToLowerInvariant();

    private static CertificateStore ClientStore(ParseResult result) => new(result.GetValue(CertDir)!, "kubelet-client");

    private static Dictionary<string, string> Labels(string? text) => (text ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : throw new HostException($"--node-labels: \"{pair[0]}\" is not written as key=value"));

    /// <summary>Files are read again when they are written anew, so that whoever renews them need not start the kubelet again.</summary>
    private static WatchedFiles<X509Certificate2> Certificate(KubeletConfiguration configuration, string name)
    {
        if ((configuration.TlsCertFile, configuration.TlsPrivateKeyFile) is ({ Length: > 0 } file, { Length: > 0 } key))
        {
            return new(() => X509Certificate2.CreateFromPemFile(file, key), file, key);
        }

        if (configuration.TlsCertFile.Length > 0) throw new HostException("--tls-cert-file needs --tls-private-key-file");
        var made = SelfSigned.Create(name, TimeProvider.System);
        return new(() => made);
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
