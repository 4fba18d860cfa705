using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Batch.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client;

namespace Sampan.EndToEnd.Tests.Clients;

/// <summary>
/// `sampan kube-controller-manager` twice, as processes of their own against an API server in another one: as upstream's user for it, with
/// each controller as its own service account, and with leader election.
/// </summary>
public sealed class ControllerManagerProcessTests : IAsyncLifetime
{
    private const string Namespace = "controllers";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly ControlPlane _plane = new() { RunsControllers = false };
    private readonly ConcurrentQueue<string> _said = new();
    private ApiClient _client = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _plane.InitializeAsync();
        _client = new ApiClient(Kubeconfig.Load(_plane.Kubeconfig).ToClientConfig());
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _plane.DisposeAsync();
    }

    [Fact]
    public async Task Managers_WithTheRightsOfTheirRolesOnly_DoEveryControllersWorkAndTakeOver()
    {
        var first = await StartAsync();
        await _client.CreateAsync(new Namespace { Metadata = new() { Name = Namespace } }, Ct);
        await ThereIsAsync<ServiceAccount>(Namespace, "default", _ => true);
        await ThereIsAsync<ConfigMap>(Namespace, "kube-root-ca.crt", _ => true);
        var second = await StartAsync();

        await CreateAsync();
        await WorkedAsync();
        await PagesAsync(first.Port);
        Assert.DoesNotContain(_said, line => line.Contains("forbidden", StringComparison.OrdinalIgnoreCase));

        // The leader goes without a word; the other one takes over.
        var leads = (await _client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct)).Spec.HolderIdentity;
        first.Process.Kill();
        await _client.CreateAsync(Deployment("later"), Ct);
        await ThereIsAsync<Deployment>(Namespace, "later", d => d.Status.Replicas == 2);
        Assert.NotEqual(leads, (await _client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct)).Spec.HolderIdentity);
        Assert.DoesNotContain(_said, line => line.Contains("forbidden", StringComparison.OrdinalIgnoreCase));
        Assert.False(second.Process.HasExited);
    }

    private async Task CreateAsync()
    {
        await _client.CreateAsync(new Node { Metadata = new() { Name = "worker" } }, Ct);
        await _client.CreateAsync(Deployment("web"), Ct);
        await _client.CreateAsync(
            new Job { Metadata = Named("job"), Spec = new() { Template = new() { Spec = new() { RestartPolicy = "Never", Containers = [new() { Name = "main", Image = "app" }] } } } }, Ct);
        await _client.CreateAsync(new Service { Metadata = Named("web"), Spec = new() { Selector = App("web"), Ports = [new() { Port = 80 }] } }, Ct);
        await _client.CreateAsync(new PersistentVolume { Metadata = new() { Name = "disk" }, Spec = new() { Capacity = Gigabyte, AccessModes = ["ReadWriteOnce"], HostPath = new() { Path = "/mnt" }, StorageClassName = "slow" } }, Ct);
        await _client.CreateAsync(
            new PersistentVolumeClaim { Metadata = Named("data"), Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = "slow", Resources = new() { Requests = Gigabyte } } }, Ct);
        await _client.CreateAsync(new StorageClass { Metadata = new() { Name = "slow" }, Provisioner = "kubernetes.io/no-provisioner" }, Ct);
        await _client.CreateAsync(new ResourceQuota { Metadata = Named("quota"), Spec = new() { Hard = new() { ["pods"] = Quantity.Parse("20") } } }, Ct);
        await _client.CreateAsync(
            new Secret { Metadata = new() { Namespace = Namespace, Name = "token", Annotations = new() { ["kubernetes.io/service-account.name"] = "default" } }, Type = "kubernetes.io/service-account-token" }, Ct);
    }

    private async Task WorkedAsync()
    {
        await ThereIsAsync<Node>(null, "worker", n => n.Spec.PodCIDR is { Length: > 0 } && n.Metadata.Annotations?.ContainsKey("node.alpha.kubernetes.io/ttl") == true);
        await ThereIsAsync<Deployment>(Namespace, "web", d => d.Status.Replicas == 2);
        await ThereIsAsync<Job>(Namespace, "job", j => j.Status.Active == 1);
        await ThereIsAsync<Sampan.Api.Core.V1.Endpoints>(Namespace, "web", _ => true);
        await UntilAsync(async () => (await _client.Of<EndpointSlice>().ListAsync(Namespace, Ct)).Items.Count == 1, "a slice");
        await ThereIsAsync<PersistentVolumeClaim>(Namespace, "data", c => c.Status.Phase == "Bound" && c.Metadata.Finalizers?.Count > 0);
        await ThereIsAsync<PersistentVolume>(null, "disk", v => v.Status.Phase == "Bound" && v.Metadata.Finalizers?.Count > 0);
        await ThereIsAsync<ResourceQuota>(Namespace, "quota", q => (q.Status.Used).OrEmpty().ContainsKey("pods"));
        await ThereIsAsync<Secret>(Namespace, "token", s => s.Data?.ContainsKey("token") == true);
    }

    private static async Task PagesAsync(int port)
    {
        foreach (var path in new[] { "healthz", "livez", "readyz" }) Assert.Equal("ok", await ComponentProcess.GetAsync(port, path));
        var shown = JsonNode.Parse(await ComponentProcess.GetAsync(port, "configz"))!["kubecontrollermanager.config.k8s.io"]!;
        Assert.Equal("kube-controller-manager", (string?)shown["Generic"]!["LeaderElection"]!["ResourceName"]);
        Assert.True((bool)shown["SAController"]!["UseServiceAccountCredentials"]!);
        var metrics = await ComponentProcess.GetAsync(port, "metrics");
        foreach (var name in new[] { "workqueue_depth", "workqueue_adds_total", "leader_election_master_status", "rest_client_requests_total", "process_resident_memory_bytes" })
            Assert.Contains($"# TYPE {name} ", metrics, StringComparison.Ordinal);
    }

    private static Dictionary<string, Quantity> Gigabyte => new() { ["storage"] = Quantity.Parse("1Gi") };

    private static Dictionary<string, string> App(string name) => new() { ["app"] = name };

    private static ObjectMeta Named(string name) => new() { Namespace = Namespace, Name = name };

    private static Deployment Deployment(string name) => new()
    {
        Metadata = Named(name),
        Spec = new()
        {
            Replicas = 2,
            Selector = new() { MatchLabels = App(name) },
            Template = new() { Metadata = new() { Labels = App(name) }, Spec = new() { Containers = [new() { Name = "main", Image = "app" }] } },
        },
    };

    private async Task<(Process Process, int Port)> StartAsync()
    {
        var (process, port) = await ComponentProcess.StartAsync(port => _plane.Run(
            "kube-controller-manager", _said.Enqueue, "--kubeconfig", _plane.ControllerKubeconfig, "--use-service-account-credentials", "--secure-port", $"{port}",
            "--leader-elect-lease-duration", "6s", "--leader-elect-renew-deadline", "4s", "--leader-elect-retry-period", "1s",
            "--allocate-node-cidrs", "--cluster-cidr", "10.244.0.0/16", "--controllers", "*,bootstrapsigner,tokencleaner",
            "--root-ca-file", $"{_plane.Pki}/ca.crt", "--service-account-private-key-file", $"{_plane.Pki}/sa.key",
            "--cluster-signing-cert-file", $"{_plane.Pki}/ca.crt", "--cluster-signing-key-file", $"{_plane.Pki}/ca.key"));
        return process is not null ? (process, port) : throw new InvalidOperationException("the controller manager does not serve:\n" + string.Join('\n', _said));
    }

    private Task ThereIsAsync<T>(string? ns, string name, Func<T, bool> condition)
        where T : class, IObject<T> => UntilAsync(async () => await _client.Of<T>().FindAsync(ns, name, Ct) is { } found && condition(found), $"{typeof(T).Name} {name} as it should be");

    private async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 900; i++)
        {
            if (await condition()) return;
            await Task.Delay(Step, TimeProvider.System, Ct);
        }

        Assert.Fail($"there is not {what}:\n{string.Join('\n', _said.TakeLast(60))}");
    }
}
