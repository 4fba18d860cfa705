using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Batch.V1;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using Sampan.ApiServer;
using Sampan.Client;
using Sampan.Client.LeaderElection;
using Sampan.ControllerManager;
using Sampan.ControllerManager.ServiceAccounts;
using Sampan.Store.Embedded;
using Sampan.Tests;

namespace Sampan.Integration.Tests.Upstream;

/// <summary>
/// The controller manager needs nothing of its API server that upstream's would not offer: over a front that refuses whatever else is asked
/// for, with upstream's rights for each controller and leader election, all controllers do their work, and go on when leadership moves.
/// </summary>
public sealed class UpstreamManagerTests : IAsyncLifetime
{
    private const string Team = "team";
    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-upstream-").FullName;
    private readonly LogLines _logs = new();
    private EmbeddedStore _store = null!;
    private ApiServer.ApiServer _server = null!;
    private UpstreamFront _front = null!;
    private ApiClient _client = null!;
    private ControllerManager.ControllerManager _manager = null!;
    private string _key = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(2048);
        var tokens = Path.Combine(_folder, "tokens.csv");
        await File.WriteAllTextAsync(tokens, "manager,system:kube-controller-manager,1\n");
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_folder, "state.db"), Durable = false });
        _server = new ApiServer.ApiServer(new ApiServerOptions { Store = _store, Authentication = new() { TokenFile = tokens, ServiceAccountSigningKey = key.ExportRSAPrivateKeyPem() } });
        await _server.StartAsync(default);
        await _server.ReadyAsync(default);
        _client = new ApiClient(_server.Loopback());
        _front = await UpstreamFront.StartAsync(_server);
        _key = key.ExportRSAPrivateKeyPem();
        _manager = new(Options("one"));
        await _manager.StartAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.StopAsync(default);
        await _front.DisposeAsync();
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Manager_ServerThatHasNoMoreThanUpstreams_DoesEveryControllersWork()
    {
        await _client.CreateAsync(new Namespace { Metadata = new() { Name = Team } }, Ct);
        await ThereIsAsync<ServiceAccount>("default", _ => true);
        await ThereIsAsync<ConfigMap>("kube-root-ca.crt", _ => true);
        await CreateAsync();
        await WorkedAsync();
        await CollectedAsync();
        await _client.Of<Namespace>().DeleteAsync(null, Team, Ct);
        await UntilAsync("the namespace goes", async () =>
        {
            await EndPodsAsync();
            return await _client.Of<Namespace>().FindAsync(null, Team, Ct) is null;
        });
        Assert.Equal("one", (await _client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct)).Spec.HolderIdentity);
        Assert.Empty(_front.Problems);
        Assert.True(_front.Forgotten > 0);
        Assert.DoesNotContain(_logs.All, line => line.Contains("is forbidden: User", StringComparison.Ordinal) || line.Contains("reconcile failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manager_LeadershipMoves_TheNextOneGoesOnWithoutDoingAnythingTwice()
    {
        await _client.CreateAsync(new Namespace { Metadata = new() { Name = Team } }, Ct);
        await _client.CreateAsync(new Deployment { Metadata = Named("web"), Spec = new() { Replicas = 2, Selector = Selects("web"), Template = Template("web") } }, Ct);
        await _client.CreateAsync(new Job { Metadata = Named("job"), Spec = new() { Completions = 3, Parallelism = 2, Template = Template("job", "Never") } }, Ct);
        await ThereIsAsync<Deployment>("web", d => d.Status.Replicas == 2);
        ControllerManager.ControllerManager next = new(Options("two"));
        await next.StartAsync(default);
        try
        {
            await GiveLeaseAsync("two");
            await UntilAsync("the first one ends", () => Task.FromResult(_manager.Completion.IsFaulted));
            await _client.Of<Deployment>().PatchAsync(Team, "web", Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 3 } }), Ct);
            await ThereIsAsync<Deployment>("web", d => d.Status.Replicas == 3 && d.Status.ObservedGeneration == d.Metadata.Generation);
            await ThereIsAsync<Job>("job", j => j.Status.Active == 2);
            Assert.Equal(3, await PodsAsync("web"));
            Assert.Equal(2, await PodsAsync("job"));
            Assert.Single((await _client.Of<ReplicaSet>().ListAsync(Team, Ct)).Items);
            Assert.Empty(_front.Problems);
        }
        finally
        {
            await next.StopAsync(default);
        }
    }

    /// <summary>As their kubelet would; the manager may have been there first.</summary>
    private async Task EndPodsAsync()
    {
        foreach (var pod in (await _client.Of<Pod>().ListAsync(Team, Ct)).Items.Where(p => p.Metadata.DeletionTimestamp is not null))
        {
            try
            {
                await _client.Of<Pod>().DeleteAsync(Team, pod.Metadata.Name, new DeleteOptions { GracePeriodSeconds = 0 }, Ct);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
            }
        }
    }

    private async Task<int> PodsAsync(string app) => (await _client.Of<Pod>().ListAsync(Team, new ListOptions { LabelSelector = $"app={app}" }, Ct)).Items.Count;

    /// <summary>As when the holder could not renew in time; it may be at it just now.</summary>
    private Task GiveLeaseAsync(string identity) => UntilAsync($"the lease is {identity}'s", async () =>
    {
        try
        {
            var lease = (await _client.Of<Lease>().GetAsync("kube-system", "kube-controller-manager", Ct)).DeepClone();
            lease.Spec.HolderIdentity = identity;
            await _client.Of<Lease>().UpdateAsync(lease, Ct);
            return true;
        }
        catch (StatusException e) when (e.IsConflict)
        {
            return false;
        }
    });

    /// <summary>As a process of its own would be: over HTTP, with upstream's user, and a token of its own for each controller.</summary>
    private ControllerManagerOptions Options(string identity)
    {
        var config = new ClientConfig { Server = _front.Address, Token = "manager" };
        var client = new ApiClient(config);
        return new()
        {
            Client = client,
            ClientFor = account => new ApiClient(config with { Token = null, TokenSource = new ServiceAccountToken(client, account, TimeProvider.System).GetAsync }),
            Logs = _logs,
            LeaderElection = new LeaderElectionOptions("kube-controller-manager", identity) { LeaseDuration = TimeSpan.FromMinutes(5), RenewDeadline = TimeSpan.FromMinutes(4), RetryPeriod = TimeSpan.FromMilliseconds(300) },
            RootCa = () => "CA",
            ServiceAccountKey = () => _key,
            Controllers = ["*", "bootstrap-signer-controller", "token-cleaner-controller", "selinux-warning-controller"],
            ClusterCidr = "10.244.0.0/16",
        };
    }

    private async Task CreateAsync()
    {
        await _client.CreateAsync(new Node { Metadata = new() { Name = "worker" } }, Ct);
        await _client.CreateAsync(new Deployment { Metadata = Named("web"), Spec = new() { Replicas = 2, Selector = Selects("web"), Template = Template("web") } }, Ct);
        await _client.CreateAsync(new StatefulSet { Metadata = Named("db"), Spec = new() { ServiceName = "db", Selector = Selects("db"), Template = Template("db") } }, Ct);
        await _client.CreateAsync(new DaemonSet { Metadata = Named("agent"), Spec = new() { Selector = Selects("agent"), Template = Template("agent", "Always", tolerant: true) } }, Ct);
        await _client.CreateAsync(new ReplicationController { Metadata = Named("old"), Spec = new() { Replicas = 1, Selector = App("old"), Template = Template("old") } }, Ct);
        await _client.CreateAsync(new Job { Metadata = Named("job"), Spec = new() { Template = Template("job", "Never") } }, Ct);
        await _client.CreateAsync(new CronJob { Metadata = Named("cron"), Spec = new() { Schedule = "@every 1s", ConcurrencyPolicy = "Forbid", JobTemplate = new() { Spec = new() { Template = Template("cron", "Never") } } } }, Ct);
        await _client.CreateAsync(new PodDisruptionBudget { Metadata = Named("web"), Spec = new() { Selector = Selects("web"), MinAvailable = "50%" } }, Ct);
        await _client.CreateAsync(new Service { Metadata = Named("web"), Spec = new() { Selector = App("web"), Ports = [new() { Port = 80 }] } }, Ct);
        await _client.CreateAsync(new PersistentVolume { Metadata = new() { Name = "disk" }, Spec = new() { Capacity = Gigabyte, AccessModes = ["ReadWriteOnce"], HostPath = new() { Path = "/mnt" }, StorageClassName = "slow" } }, Ct);
        await _client.CreateAsync(new PersistentVolumeClaim { Metadata = Named("data"), Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = "slow", Resources = new() { Requests = Gigabyte } } }, Ct);
        await _client.CreateAsync(new ResourceQuota { Metadata = Named("quota"), Spec = new() { Hard = new() { ["pods"] = Quantity.Parse("50") } } }, Ct);
        await _client.CreateAsync(new Secret { Metadata = new() { Namespace = Team, Name = "token", Annotations = new() { ["kubernetes.io/service-account.name"] = "default" } }, Type = "kubernetes.io/service-account-token" }, Ct);
    }

    private async Task WorkedAsync()
    {
        await UntilAsync("the node has its range", async () => (await _client.Of<Node>().GetAsync(null, "worker", Ct)).Spec.PodCIDR is { Length: > 0 });
        await ThereIsAsync<Deployment>("web", d => d.Status.Replicas == 2);
        await ThereIsAsync<StatefulSet>("db", s => s.Status.Replicas == 1);
        await ThereIsAsync<DaemonSet>("agent", s => s.Status.CurrentNumberScheduled == 1);
        await ThereIsAsync<ReplicationController>("old", r => r.Status.Replicas == 1);
        await ThereIsAsync<Job>("job", j => j.Status.Active == 1);
        await ThereIsAsync<CronJob>("cron", c => c.Status.LastScheduleTime is not null);
        await ThereIsAsync<PodDisruptionBudget>("web", b => b.Status.ExpectedPods == 2);
        await ThereIsAsync<Sampan.Api.Core.V1.Endpoints>("web", _ => true);
        await UntilAsync("a slice", async () => (await _client.Of<EndpointSlice>().ListAsync(Team, Ct)).Items.Count == 1);
        await ThereIsAsync<PersistentVolumeClaim>("data", c => c.Status.Phase == "Bound" && c.Metadata.Finalizers?.Count > 0);
        await ThereIsAsync<ResourceQuota>("quota", q => q.Status.Used.OrEmpty().ContainsKey("pods"));
        await ThereIsAsync<Secret>("token", s => s.Data?.ContainsKey("token") == true);
    }

    /// <summary>What a Deployment owns goes with it, while what one left alone stays.</summary>
    private async Task CollectedAsync()
    {
        await _client.Of<CronJob>().DeleteAsync(Team, "cron", new DeleteOptions { PropagationPolicy = "Background" }, Ct);
        await _client.Of<Deployment>().DeleteAsync(Team, "web", new DeleteOptions { PropagationPolicy = "Foreground" }, Ct);
        await _client.Of<ReplicationController>().DeleteAsync(Team, "old", new DeleteOptions { PropagationPolicy = "Orphan" }, Ct);
        await UntilAsync("what it owned goes", async () => await _client.Of<Deployment>().FindAsync(Team, "web", Ct) is null && (await _client.Of<ReplicaSet>().ListAsync(Team, Ct)).Items.Count == 0);
        await UntilAsync("the controller goes", async () => await _client.Of<ReplicationController>().FindAsync(Team, "old", Ct) is null);
        var left = Assert.Single((await _client.Of<Pod>().ListAsync(Team, new ListOptions { LabelSelector = "app=old" }, Ct)).Items);
        Assert.True(left.Metadata.OwnerReferences is null or []);
    }

    private Task ThereIsAsync<T>(string name, Func<T, bool> condition)
        where T : class, IObject<T> => UntilAsync($"{typeof(T).Name} {name}", async () => await _client.Of<T>().FindAsync(Team, name, Ct) is { } found && condition(found));

    private async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        for (var i = 0; i < 3000; i++)
        {
            if (await condition()) return;
            await Task.Delay(20, Ct);
        }

        Assert.Fail($"did not happen: {what}; asked for in vain: {string.Join("; ", _front.Problems)}; logs: {string.Join('\n', _logs.All.TakeLast(20))}");
    }

    private static Dictionary<string, Quantity> Gigabyte => new() { ["storage"] = Quantity.Parse("1Gi") };

    private static Dictionary<string, string> App(string name) => new() { ["app"] = name };

    private static LabelSelector Selects(string name) => new() { MatchLabels = App(name) };

    private static ObjectMeta Named(string name) => new() { Namespace = Team, Name = name };

    private static PodTemplateSpec Template(string name, string restart = "Always", bool tolerant = false) => new()
    {
        Metadata = new() { Labels = App(name) },
        Spec = new() { RestartPolicy = restart, Containers = [new() { Name = "main", Image = "app" }], Tolerations = tolerant ? [new() { Operator = "Exists" }] : null },
    };
}
