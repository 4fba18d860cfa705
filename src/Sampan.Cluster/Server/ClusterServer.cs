using System.Net;
using Microsoft.Extensions.Logging;
using Sampan.ApiServer.Authentication;
using Sampan.Client;
using Sampan.Client.Controllers;
using Sampan.Client.Events;
using Sampan.Client.Informers;
using Sampan.Client.Metrics;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.ContainerRuntime;
using Sampan.Cluster.Join;
using Sampan.Cluster.Lifecycle;
using Sampan.ControllerManager;
using Sampan.ControllerManager.Certificates;
using Sampan.ControllerManager.Cloud;
using Sampan.ControllerManager.MetricsServer;
using Sampan.Kubelet.Simulated;
using Sampan.Kubelet.Volumes.LocalPath;
using Sampan.Scheduler;
using Sampan.Store.Embedded;

namespace Sampan.Cluster.Server;

/// <summary>
/// `sampan server`: the whole cluster of one machine in one process. This is the order in which its parts come up; they
/// stop in reverse. Containers and their runtime go on when it ends, until `sampan down`.
/// </summary>
public sealed class ClusterServer(ClusterOptions options, TimeProvider time, ILoggerFactory logs)
{
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);
    private readonly ComponentList _components = new(time, logs.CreateLogger("sampan"));
    private readonly MetricRegistry _metrics = new();
    private readonly PkiDirectory _pki = new(options.Paths.Pki, time);

    /// <summary>
    /// Is told the command that joins a machine. It holds a secret, so only for a person at a terminal: null leaves it to
    /// `sampan token create`.
    /// </summary>
    public Action<string>? Announce { get; init; }

    /// <summary>Runs until the token is cancelled.</summary>
    /// <exception cref="ComponentException">A part could not be started; the others have been stopped.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var certificates = new ServerCertificates(_pki, Pki(), options, time, logs.CreateLogger("certificates"));
        await using var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = options.Paths.Store, Time = time });
        try
        {
            await StartAsync(store, certificates, ct);
            await _components.WaitForEndAsync(ct);
        }
        finally
        {
            await _components.StopAsync();
        }
    }

    private async Task StartAsync(EmbeddedStore store, ServerCertificates certificates, CancellationToken ct)
    {
        await _components.StartAsync(certificates, ct);
        var containerd = options.RuntimeEndpoint is null ? new ContainerdComponent(options.Paths, options.Cni, time, logs.CreateLogger("containerd")) : null;
        if (containerd is not null) await _components.BeginAsync(containerd, ct);

        ApiServer.ApiServer? api = null;
        var usage = new MetricsServer(new() { Client = () => new ApiClient(api!.Loopback(SystemRoles.MetricsServer)), Time = time, Logs = logs });
        api = ApiServerFactory.Create(options, _pki, certificates, store, _metrics, _components.ProblemOf, usage, time, logs);
        await _components.StartAsync(api, ct);
        new KubeconfigWriter(options, _pki).WriteAll();
        await SystemRoles.EnsureAsync(new ApiClient(api.Loopback()), ct);
        await DefaultStorage.EnsureAsync(new ApiClient(api.Loopback()), ct);
        await _components.StartAsync(ControllerManager(api), ct);
        if (options.LoadBalancerCidr is { } pool) await _components.StartAsync(Cloud(api, pool), ct);
        await _components.StartAsync(Scheduler(api), ct);
        await _components.StartAsync(usage, ct);

        if (containerd is not null) await _components.ReadyAsync(containerd, ct);
        await OpenToNodesAsync(api, ct);
        await StartNodeAsync(api, certificates, ct);
        await StartVolumesAsync(api, ct);
        if (options.SimulatedNodes > 0) await _components.BeginAsync(new SimulatedNodes(Simulated(api)), ct);
    }

    private Task StartNodeAsync(ApiServer.ApiServer api, ServerCertificates certificates, CancellationToken ct)
    {
        var kubelet = new ApiClient(api.Loopback(new UserInfo($"system:node:{options.NodeName}", ["system:nodes"])));
        var agent = new ApiClient(api.Loopback(new UserInfo(SystemRoles.NodeAgent, [])));
        var identity = new NodeIdentity(kubelet, agent, () => certificates.Kubelet, ApiServerFactory.Authority(_pki));
        return new NodeStack(options, identity, _components, _metrics, time, logs).StartAsync(ct);
    }

    /// <summary>Lets other machines join, and says how.</summary>
    private async Task OpenToNodesAsync(ApiServer.ApiServer api, CancellationToken ct)
    {
        var client = new ApiClient(api.Loopback());
        await JoinObjects.EnsureAsync(client, options, File.ReadAllText(_pki.CaFile), ct);
        var informers = new InformerFactory(client, time, logs);
        string[] reserved = [options.NodeAddress.ToString(), .. Pki().AllServerNames()];
        var context = new ControllerContext(client, informers, time, logs, _metrics, new EventBroadcaster(client, time, logs));
        var approver = new ServingApprover(context, reserved, options.ServiceNetworks);
        await _components.BeginAsync(approver, ct);
        await informers.StartAsync(ct);
        await _components.ReadyAsync(approver, ct);
        if (Announce is null)
            logs.CreateLogger("sampan").LogInformation("To add a node, run \"sampan token create --data-dir {Data}\" here and what it prints there", options.Paths.Data);
        else
            Announce(JoinObjects.Command(options.ServerUrl, await JoinObjects.CreateTokenAsync(client, ApiServerFactory.Authority(_pki), time.GetUtcNow() + TokenLife, ct)));
    }

    private async Task StartVolumesAsync(ApiServer.ApiServer api, CancellationToken ct)
    {
        var client = new ApiClient(api.Loopback(new UserInfo(SystemRoles.VolumeProvisioner, [])));
        var informers = new InformerFactory(client, time, logs);
        var context = new ControllerContext(client, informers, time, logs, _metrics, new EventBroadcaster(client, time, logs));
        var provisioner = new LocalPathProvisioner(context, new KubeletVolumes(client));
        await _components.BeginAsync(provisioner, ct);
        await informers.StartAsync(ct);
        await _components.ReadyAsync(provisioner, ct);
    }

    private PkiOptions Pki() => new()
    {
        ServerNames = [options.NodeName, options.NodeAddress.ToString()],
        ClusterDomain = options.ClusterDomain,
        ServiceAddress = options.ApiServiceAddress.ToString(),
    };

    private ControllerManager.ControllerManager ControllerManager(ApiServer.ApiServer api) => new(new ControllerManagerOptions
    {
        Client = new ApiClient(api.Loopback(new UserInfo("system:kube-controller-manager", []))),
        ClientFor = account => new ApiClient(api.Loopback(new UserInfo($"system:serviceaccount:kube-system:{account}", ["system:serviceaccounts", "system:serviceaccounts:kube-system"]))),
        ClusterCidr = options.ClusterCidr,
        RootCa = PemText.In(_pki.CaFile),
        ServiceAccountKey = PemText.In(_pki.ServiceAccountKeyFile),
        NodeLifecycle = options.SimulatedNodes > 0 ? new() { MonitorGracePeriod = Simulated(api).MonitorGracePeriod } : new(),
        Controllers = ["*", "bootstrap-signer-controller", "token-cleaner-controller"],
        SigningKeys = SigningKeys(),
        SigningDuration = options.SigningDuration,
        Time = time,
        Logs = logs,
    });

    private CloudControllerManager Cloud(ApiServer.ApiServer api, string pool) => new(new CloudControllerManagerOptions
    {
        Client = new ApiClient(api.Loopback(SystemRoles.CloudControllers)),
        LoadBalancerCidr = pool,
        Time = time,
        Logs = logs,
    });

    private SimulatedNodesOptions Simulated(ApiServer.ApiServer api) => new()
    {
        Client = new ApiClient(api.Loopback()),
        Count = options.SimulatedNodes,
        Version = KubernetesVersion.Git,
        Time = time,
        Logs = logs,
    };

    /// <summary>One authority signs for all of Kubernetes' own signers.</summary>
    private Dictionary<string, Func<SigningKey>> SigningKeys()
    {
        var key = new SigningKey(File.ReadAllText(_pki.CaFile), File.ReadAllText(_pki.KeyFile("ca")));
        return SignerNames.All.ToDictionary(name => name, _ => (Func<SigningKey>)(() => key));
    }

    private KubeScheduler Scheduler(ApiServer.ApiServer api) =>
        new(new ApiClient(api.Loopback(new UserInfo("system:kube-scheduler", []))), new SchedulerOptions(), time, _metrics, logs);
}
