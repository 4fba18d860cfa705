using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Discovery.V1;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer;
using Sampan.Client;
using Sampan.ControllerManager;
using Sampan.Store.Embedded;

namespace Sampan.Integration.Tests.Controllers;

/// <summary>The controller manager against the real API server over the loopback.</summary>
public sealed class ControllersTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sampan-controllers-").FullName;
    private EmbeddedStore _store = null!;
    private ApiServer.ApiServer _server = null!;
    private ControllerManager.ControllerManager _manager = null!;
    private ApiClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        using var key = RSA.Create(2048);
        var pem = key.ExportRSAPrivateKeyPem();
        _store = await EmbeddedStore.OpenAsync(new EmbeddedStoreOptions { Path = Path.Combine(_folder, "state.db") });
        _server = new ApiServer.ApiServer(new ApiServerOptions { Store = _store });
        await _server.StartAsync(default);
        await _server.ReadyAsync(default);
        _client = new ApiClient(_server.Loopback());
        _manager = new ControllerManager.ControllerManager(new ControllerManagerOptions
        {
            Client = new ApiClient(_server.Loopback()),
            Logs = NullLoggerFactory.Instance,
            RootCa = () => "CA",
            ServiceAccountKey = () => pem,
        });
        await _manager.StartAsync(default);
        await _manager.ReadyAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.StopAsync(default);
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Namespace_Created_GetsAccountAndRootCa_AndGoesWithItsContents()
    {
        await CreateNamespaceAsync("team");
        await UntilAsync(async () => await _client.Of<ServiceAccount>().FindAsync("team", "default", default) is not null, "the account");
        await UntilAsync(async () => await _client.Of<ConfigMap>().FindAsync("team", "kube-root-ca.crt", default) is not null, "the CA");
        await _client.Of<Namespace>().DeleteAsync("", "team", default);
        await UntilAsync(async () => await _client.Of<Namespace>().FindAsync("", "team", default) is null, "the namespace goes");
        Assert.Empty((await _client.Of<ConfigMap>().ListAsync("team", default)).Items);
    }

    [Fact]
    public async Task Deployment_CreatedUpdatedScaledAndDeleted()
    {
        await CreateNamespaceAsync("team");
        var deployments = _client.Of<Deployment>();
        await deployments.CreateAsync(NewDeployment("nginx:1"), default);
        await RolledOutAsync("nginx:1", 3);

        await PatchAsync("""{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"nginx:2"}]}}}}""");
        await RolledOutAsync("nginx:2", 3);
        Assert.Equal("2", (await deployments.GetAsync("team", "web", default)).Metadata.Annotations!["deployment.kubernetes.io/revision"]);

        await PatchAsync("""{"spec":{"replicas":1}}""");
        await RolledOutAsync("nginx:2", 1);

        await deployments.DeleteAsync("team", "web", new DeleteOptions { PropagationPolicy = "Foreground" }, default);
        await UntilAsync(
            async () =>
            {
                await FinishDeletionsAsync();
                return await deployments.FindAsync("team", "web", default) is null && (await PodsAsync()).Count == 0;
            },
            "all are gone");
        Assert.Empty((await _client.Of<ReplicaSet>().ListAsync("team", default)).Items);
    }

    [Fact]
    public async Task Service_EndpointsFollowReadiness()
    {
        await CreateNamespaceAsync("team");
        await _client.Of<Service>().CreateAsync(
            new Service
            {
                Metadata = new ObjectMeta { Namespace = "team", Name = "web" },
                Spec = new ServiceSpec { Selector = new() { ["app"] = "web" }, Ports = [new ServicePort { Port = 80, TargetPort = 8080 }] },
            },
            default);
        await _client.Of<Deployment>().CreateAsync(NewDeployment("nginx:1"), default);
        await RolledOutAsync("nginx:1", 3);
        await UntilAsync(
            async () =>
            {
                var slices = await _client.Of<EndpointSlice>().ListAsync("team", default);
                var endpoints = await _client.Of<Endpoints>().FindAsync("team", "web", default);
                return slices.Items.Sum(s => s.Endpoints.OrEmpty().Count(e => e.Conditions.Ready == true)) == 3
                    && endpoints?.Subsets is [{ Addresses.Count: 3, Ports: [{ Port: 8080 }] }];
            },
            "three endpoints");
    }

    [Fact]
    public async Task Manager_Restarted_GoesOnWithoutDuplicates()
    {
        await CreateNamespaceAsync("team");
        await _client.Of<Deployment>().CreateAsync(NewDeployment("nginx:1"), default);
        await UntilAsync(async () => (await PodsAsync()).Count == 3, "three pods");
        await _manager.StopAsync(default);
        await PatchAsync("""{"spec":{"replicas":5}}""");
        _manager = new ControllerManager.ControllerManager(new ControllerManagerOptions
        {
            Client = new ApiClient(_server.Loopback()), Logs = NullLoggerFactory.Instance,
        });
        await _manager.StartAsync(default);
        await _manager.ReadyAsync(default);
        await RolledOutAsync("nginx:1", 5);
        Assert.Single((await _client.Of<ReplicaSet>().ListAsync("team", default)).Items);
    }

    private static Deployment NewDeployment(string image) => new()
    {
        Metadata = new ObjectMeta { Namespace = "team", Name = "web" },
        Spec = new DeploymentSpec
        {
            Replicas = 3,
            Selector = new LabelSelector { MatchLabels = new() { ["app"] = "web" } },
            Template = new PodTemplateSpec
            {
                Metadata = new ObjectMeta { Labels = new() { ["app"] = "web" } },
                Spec = new PodSpec { Containers = [new Container { Name = "web", Image = image }] },
            },
        },
    };

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 1500; i++)
        {
            if (await condition()) return;
            await Task.Delay(10);
        }

        Assert.Fail($"did not happen: {what}");
    }

    private Task CreateNamespaceAsync(string name) =>
        _client.Of<Namespace>().CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = name } }, default);

    private Task PatchAsync(string patch) => _client.Of<Deployment>().PatchAsync(
        "team", "web", Patch.Raw(MediaTypes.StrategicMergePatch, System.Text.Encoding.UTF8.GetBytes(patch)), default);

    private async Task<IReadOnlyList<Pod>> PodsAsync() => (await _client.Of<Pod>().ListAsync("team", default)).Items;

    private Task RolledOutAsync(string image, int replicas) => UntilAsync(
        async () =>
        {
            await RunPodsAsync();
            await FinishDeletionsAsync();
            var pods = await PodsAsync();
            var status = (await _client.Of<Deployment>().GetAsync("team", "web", default)).Status;
            return pods.Count == replicas && pods.All(p => p.Spec.Containers[0].Image == image)
                && status.AvailableReplicas == replicas && status.UpdatedReplicas == replicas && status.Replicas == replicas;
        },
        $"{replicas} pods of {image}");

    /// <summary>A kubelet's part: pods run and are ready.</summary>
    private async Task RunPodsAsync()
    {
        foreach (var pod in (await PodsAsync()).Where(p => p.Status.PodIP is null))
        {
            var copy = pod.DeepClone();
            var address = $"10.244.0.{1 + Math.Abs(pod.Metadata.Uid.GetHashCode(StringComparison.Ordinal)) % 250}";
            copy.Status = new PodStatus
            {
                Phase = "Running",
                PodIP = address,
                PodIPs = [new PodIP { Ip = address }],
                Conditions = [new PodCondition { Type = "Ready", Status = "True", LastTransitionTime = DateTimeOffset.UtcNow }],
            };
            try
            {
                await _client.Of<Pod>().UpdateStatusAsync(copy, default);
            }
            catch (StatusException e) when (e.IsConflict || e.IsNotFound)
            {
            }
        }
    }

    /// <summary>A kubelet's part: pods that were asked to go are gone.</summary>
    private async Task FinishDeletionsAsync()
    {
        foreach (var pod in (await PodsAsync()).Where(p => p.Metadata.DeletionTimestamp is not null))
        {
            try
            {
                await _client.Of<Pod>().DeleteAsync("team", pod.Metadata.Name, new DeleteOptions { GracePeriodSeconds = 0 }, default);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
            }
        }
    }
}
