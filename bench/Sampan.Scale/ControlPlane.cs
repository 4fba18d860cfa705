using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api.Core.V1;
using Sampan.ApiServer;
using Sampan.ApiServer.Authentication;
using Sampan.Client;
using Sampan.Client.Metrics;
using Sampan.Cluster.Certificates;
using Sampan.ControllerManager;
using Sampan.ControllerManager.NodeLifecycle;
using Sampan.Kubelet.Simulated;
using Sampan.Scheduler;
using Sampan.Store.Embedded;

namespace Sampan.Scale;

/// <summary>A control plane with simulated nodes in this process: the parts and the ways between them are those of `sampan server`.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private readonly string _directory;
    private readonly EmbeddedStore _store;
    private readonly ApiServer.ApiServer _server;
    private readonly List<IComponent> _components = [];

    private ControlPlane(string directory, EmbeddedStore store, PkiDirectory pki)
    {
        (_directory, _store) = (directory, store);
        var serving = pki.Read("apiserver").ToCertificate();
        _server = new ApiServer.ApiServer(new ApiServerOptions
        {
            Store = store,
            Listen = null,
            ServingCertificate = () => serving,
            Authentication = new AuthenticationOptions
            {
                ClientCertificateAuthorities = () => File.ReadAllText(pki.CaFile),
                ServiceAccountSigningKey = File.ReadAllText(pki.ServiceAccountKeyFile),
            },
            Metrics = Metrics,
            Logging = NullLoggerFactory.Instance,
        });
        Pki = pki;
        Client = new ApiClient(_server.Loopback());
    }

    public MetricRegistry Metrics { get; } = new();

    /// <summary>Where the controllers count what they do, once they are started.</summary>
    public MetricRegistry ControllerMetrics { get; private set; } = new();

    public ApiClient Client { get; }

    /// <summary>The store's writes so far, and the group commits that they shared.</summary>
    public (long Writes, long Commits) Written => (_store.Revision, _store.Groups);

    private PkiDirectory Pki { get; }

    public static async Task<ControlPlane> StartAsync(bool durable, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("sampan-scale-").FullName;
        var pki = new PkiDirectory(Path.Combine(directory, "pki"), TimeProvider.System);
        pki.Ensure(new PkiOptions());
        var store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(directory, "state.db"), Durable = durable });
        var plane = new ControlPlane(directory, store, pki);
        await plane.StartAsync(plane._server, ct);
        await plane.Client.Of<Namespace>().CreateAsync(new Namespace { Metadata = new() { Name = Pods.Namespace } }, ct);
        return plane;
    }

    public Task StartNodesAsync(int count, CancellationToken ct) => StartNodesAsync(new SimulatedNodesOptions { Client = Client, Count = count }, ct);

    public async Task StartNodesAsync(SimulatedNodesOptions options, CancellationToken ct)
    {
        await StartControllersAsync(["*"], options.MonitorGracePeriod, ct);
        await StartAsync(new SimulatedNodes(options), ct);
    }

    /// <summary>Beside these, the one that makes the account which pods need.</summary>
    public async Task StartControllersAsync(IReadOnlyList<string> names, TimeSpan monitorGracePeriod, CancellationToken ct)
    {
        var manager = new ControllerManager.ControllerManager(new ControllerManagerOptions
        {
            Controllers = [.. names, "serviceaccount-controller"],
            Client = As("system:kube-controller-manager"),
            ClientFor = account => As($"system:serviceaccount:kube-system:{account}", "system:serviceaccounts", "system:serviceaccounts:kube-system"),
            RootCa = PemText.In(Pki.CaFile),
            ServiceAccountKey = PemText.In(Pki.ServiceAccountKeyFile),
            NodeLifecycle = new NodeLifecycleOptions { MonitorGracePeriod = monitorGracePeriod },
            Logs = NullLoggerFactory.Instance,
        });
        ControllerMetrics = manager.Metrics;
        await StartAsync(manager, ct);
        while (await Client.Of<ServiceAccount>().FindAsync(Pods.Namespace, "default", ct) is null) await Task.Delay(20, ct);
    }

    public Task StartSchedulerAsync(CancellationToken ct) =>
        StartAsync(new KubeScheduler(As("system:kube-scheduler"), new SchedulerOptions(), TimeProvider.System, Metrics, NullLoggerFactory.Instance), ct);

    public async ValueTask DisposeAsync()
    {
        _components.Reverse();
        foreach (var component in _components) await component.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private ApiClient As(string user, params IReadOnlyList<string> groups) => new(_server.Loopback(new UserInfo(user, groups)));

    private async Task StartAsync(IComponent component, CancellationToken ct)
    {
        _components.Add(component);
        await component.StartAsync(ct);
        await component.ReadyAsync(ct);
    }
}
