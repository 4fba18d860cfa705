using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer;
using Sampan.ApiServer.Authentication;
using Sampan.ApiServer.Registry.Core;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Cluster.Certificates;
using Sampan.Cluster.Server;
using Sampan.ControllerManager;
using Sampan.ControllerManager.Certificates;
using Sampan.Kubelet;
using Sampan.Kubelet.Simulated;
using Sampan.Scheduler;
using Sampan.Scheduler.Explain;
using Sampan.Store.Embedded;

namespace Sampan.Testing;

/// <summary>
/// A whole cluster inside a test: API server, controllers, scheduler and hollow nodes in this process, without ports, root
/// or containers.
/// <code>
/// await using var cluster = await TestCluster.StartAsync(new() { Nodes = 2 });
/// await cluster.Client.Of&lt;Deployment>().CreateAsync(deployment, ct);
/// await cluster.WaitAsync&lt;Deployment>("default", "web", d => d?.Status.ReadyReplicas == 3, ct);
/// </code>
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private const string NotReady = "node.kubernetes.io/not-ready";

    private readonly TestClusterOptions _options;
    private readonly string _directory;
    private readonly PkiDirectory _pki;
    private readonly EmbeddedStore _store;
    private readonly ApiServer.ApiServer _server;
    private readonly ComponentList _components;

    private TestCluster(TestClusterOptions options, string directory, PkiDirectory pki, EmbeddedStore store)
    {
        (_options, _directory, _pki, _store) = (options, directory, pki, store);
        _components = new ComponentList(TimeProvider.System, options.Logs.CreateLogger("cluster"));
        _server = new ApiServer.ApiServer(ServerOptions());
        Client = new ApiClient(_server.Loopback());
    }

    /// <summary>A client with every right.</summary>
    public ApiClient Client { get; }

    /// <summary>The address of the listener; null without one.</summary>
    public Uri? Address => _server.Address;

    /// <summary>A kubeconfig with every right, for other processes; it needs <see cref="TestClusterOptions.Listen"/>.</summary>
    public string Kubeconfig => KubeconfigFile.Render(new KubeconfigContext(
        "sampan-test", Address?.ToString().TrimEnd('/') ?? throw new InvalidOperationException("This cluster has no listener: set TestClusterOptions.Listen."))
    {
        CertificateAuthority = File.ReadAllText(_pki.CaFile),
        ClientCertificate = _pki.Read("super-admin").CertificatePem,
        ClientKey = _pki.Read("super-admin").KeyPem,
    });

    /// <summary>Starts a cluster and returns when every node is ready.</summary>
    public static async Task<TestCluster> StartAsync(TestClusterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestClusterOptions();
        var directory = options.Directory ?? Directory.CreateTempSubdirectory("sampan-test-").FullName;
        // Certificates are judged by real time, whatever the cluster's clock says.
        var pki = new PkiDirectory(Path.Combine(directory, "pki"), TimeProvider.System);
        pki.Ensure(new PkiOptions());
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory, "state.db"), Durable = false, Time = options.Time });
        var cluster = new TestCluster(options, directory, pki, store);
        try
        {
            await cluster.StartComponentsAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client with the rights that authorization grants to a user of these groups.</summary>
    public ApiClient ClientFor(string user, params IReadOnlyList<string> groups) => new(_server.Loopback(new UserInfo(user, groups)));

    /// <summary>Waits, 30 seconds at most, until an object is as the condition says; it is asked with null while there is no object.</summary>
    /// <exception cref="TimeoutException">It did not happen in that time; the message shows the object.</exception>
    public Task<T?> WaitAsync<T>(string? ns, string name, Func<T?, bool> condition, CancellationToken cancellationToken = default)
        where T : class, IObject<T> => WaitAsync(ns, name, condition, TimeSpan.FromSeconds(30), cancellationToken);

    /// <inheritdoc cref="WaitAsync{T}(string?, string, Func{T?, bool}, CancellationToken)"/>
    /// <param name="limit">How long to wait, in real time.</param>
    public Task<T?> WaitAsync<T>(string? ns, string name, Func<T?, bool> condition, TimeSpan limit, CancellationToken cancellationToken = default)
        where T : class, IObject<T> => new ObjectWait<T>(Client, ns, name, condition).RunAsync(limit, cancellationToken);

    /// <summary>Stops everything, the nodes first, and removes the directory unless it was given.</summary>
    public async ValueTask DisposeAsync()
    {
        await _components.StopAsync();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        if (_options.Directory is null) Directory.Delete(_directory, recursive: true);
    }

    private async Task StartComponentsAsync(CancellationToken ct)
    {
        await _components.StartAsync(_server, ct);
        if (_options.Controllers) await _components.StartAsync(NewControllerManager(), ct);
        if (_options.Scheduler) await _components.StartAsync(NewScheduler(), ct);
        Kubelet.Kubelet[] nodes = [.. Enumerable.Range(1, _options.Nodes).Select(NewNode)];
        foreach (var node in nodes) await _components.BeginAsync(node, ct);
        foreach (var node in nodes) await _components.ReadyAsync(node, ct);
        if (_options.SimulatedNodes > 0) await _components.StartAsync(NewSimulatedNodes(), ct);
        if (_options.Controllers) await UntilSchedulableAsync(ct);
    }

    // A new node is tainted until the node lifecycle controller has seen that it is ready.
    private async Task UntilSchedulableAsync(CancellationToken ct)
    {
        var names = Enumerable.Range(1, _options.Nodes).Select(i => $"node-{i}").Concat(Enumerable.Range(0, _options.SimulatedNodes).Select(i => $"simulated-{i}"));
        foreach (var name in names)
            await WaitAsync<Node>(null, name, node => node is not null && node.Spec.Taints.OrEmpty().All(taint => taint.Key != NotReady), ct);
    }

    private ApiServerOptions ServerOptions()
    {
        var serving = _pki.Read("apiserver").ToCertificate();
        return new ApiServerOptions
        {
            Store = _store,
            Listen = _options.Listen ? new IPEndPoint(IPAddress.Loopback, 0) : null,
            ServingCertificate = () => serving,
            Authentication = new AuthenticationOptions
            {
                ClientCertificateAuthorities = () => File.ReadAllText(_pki.CaFile),
                ServiceAccountSigningKey = File.ReadAllText(_pki.ServiceAccountKeyFile),
            },
            Paths = new Dictionary<string, Func<HttpContext, UserInfo, Task>>
            {
                [ExplainEndpoint.Path] = (http, user) => ExplainEndpoint.HandleAsync(http, new ApiClient(_server.Loopback(user)), profiles: null, _options.Time),
            },
            Time = _options.Time,
            Logging = _options.Logs,
        };
    }

    private ControllerManager.ControllerManager NewControllerManager() => new(new ControllerManagerOptions
    {
        Client = ClientFor("system:kube-controller-manager"),
        ClientFor = account => ClientFor($"system:serviceaccount:kube-system:{account}", "system:serviceaccounts", "system:serviceaccounts:kube-system"),
        RootCa = PemText.In(_pki.CaFile),
        ServiceAccountKey = PemText.In(_pki.ServiceAccountKeyFile),
        Controllers = ["*", "bootstrap-signer-controller", "token-cleaner-controller"],
        SigningKeys = SigningKeys(),
        Time = _options.Time,
        Logs = _options.Logs,
    });

    /// <summary>One authority signs for all of Kubernetes' own signers.</summary>
    private Dictionary<string, Func<SigningKey>> SigningKeys()
    {
        var key = new SigningKey(File.ReadAllText(_pki.CaFile), File.ReadAllText(_pki.KeyFile("ca")));
        return SignerNames.All.ToDictionary(name => name, _ => (Func<SigningKey>)(() => key));
    }

    private KubeScheduler NewScheduler() =>
        new(ClientFor("system:kube-scheduler"), new SchedulerOptions(), _options.Time, new MetricRegistry(), _options.Logs);

    private SimulatedNodes NewSimulatedNodes() => new(new SimulatedNodesOptions
    {
        Client = Client, Count = _options.SimulatedNodes, Time = _options.Time, Logs = _options.Logs,
    });

    // Addresses of the block for benchmarks (RFC 2544): nothing is sent there.
    private Kubelet.Kubelet NewNode(int number)
    {
        var node = new KubeletOptions
        {
            Client = ClientFor($"system:node:node-{number}", "system:nodes"),
            NodeName = $"node-{number}",
            NodeIP = $"198.18.{number / 256}.{number % 256}",
            IsSimulated = true,
            CompletePod = PodManifest.Complete,
            RootDirectory = Path.Combine(_directory, "nodes", $"node-{number}"),
            Configuration = new() { EnableServer = false, HealthzPort = 0, ClusterDomain = "cluster.local", ClusterDns = ["10.96.0.10"] },
            Time = _options.Time,
            Logs = _options.Logs,
        };
        return new Kubelet.Kubelet(_options.ConfigureNode?.Invoke(node) ?? node);
    }
}
