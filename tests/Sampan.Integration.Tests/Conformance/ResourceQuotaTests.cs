using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Conformance;

/// <summary>Quotas count what there is, refuse what is too much, and give back what is deleted.</summary>
public sealed class ResourceQuotaTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private const string Name = "test-quota";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestCluster Cluster => shared.Cluster;

    private ResourceClient<ResourceQuota> Quotas => Cluster.Client.Of<ResourceQuota>();

    [Fact]
    public async Task Status_OfANewQuota_IsCalculated()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, Name, new() { ["resourcequotas"] = "1", ["pods"] = "5" });
        await UsedAsync(ns, Name, ("resourcequotas", "1"), ("pods", "0"));
    }

    [Fact]
    public async Task ConfigMap_CreatedAndDeleted_IsCounted()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await Cluster.WaitAsync<ConfigMap>(ns, "kube-root-ca.crt", map => map is not null, Ct);
        await LifeAsync<ConfigMap>(ns, "configmaps", Objects.ConfigMap(ns, "test-configmap"), 1);
    }

    [Fact]
    public async Task Secret_CreatedAndDeleted_IsCounted()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await LifeAsync(ns, "secrets", new Secret { Metadata = new() { Namespace = ns, Name = "test-secret" }, StringData = new() { ["a"] = "b" } });
    }

    [Fact]
    public async Task ReplicationController_CreatedAndDeleted_IsCounted()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await LifeAsync(ns, "replicationcontrollers", Objects.Replicas(ns, "test-rc", 0));
    }

    [Fact]
    public async Task ReplicaSet_CreatedAndDeleted_IsCounted()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        var template = Objects.Deployment(ns, "test-rs", 0).Spec;
        await LifeAsync(ns, "count/replicasets.apps", new ReplicaSet
        {
            Metadata = new() { Namespace = ns, Name = "test-rs" },
            Spec = new() { Replicas = 0, Selector = template.Selector, Template = template.Template },
        });
    }

    [Fact]
    public async Task Services_OfEachType_AreCountedAndRefused()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, Name, new() { ["services"] = "3", ["services.nodeports"] = "1", ["services.loadbalancers"] = "1" });
        await UsedAsync(ns, Name, ("services", "0"), ("services.nodeports", "0"), ("services.loadbalancers", "0"));
        await Cluster.Client.CreateAsync(Objects.Service(ns, "internal"), Ct);
        await Cluster.Client.CreateAsync(Objects.Service(ns, "ported", "NodePort"), Ct);
        await RefusedAsync(Objects.Service(ns, "balanced", "LoadBalancer"), "exceeded quota: test-quota, requested: services.nodeports=1, used: services.nodeports=1, limited: services.nodeports=1");
        await UsedAsync(ns, Name, ("services", "2"), ("services.nodeports", "1"), ("services.loadbalancers", "0"));
        await Cluster.Client.Of<Service>().DeleteAsync(ns, "internal", Ct);
        await Cluster.Client.Of<Service>().DeleteAsync(ns, "ported", Ct);
        await UsedAsync(ns, Name, ("services", "0"), ("services.nodeports", "0"));
    }

    [Fact]
    public async Task Pod_WithinAndBeyondTheQuota_IsCountedOrRefused()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, Name, new()
        {
            ["pods"] = "5", ["cpu"] = "1", ["memory"] = "500Mi", ["ephemeral-storage"] = "50Gi", ["requests.example.com/dongle"] = "3",
        });
        await UsedAsync(ns, Name, ("pods", "0"), ("cpu", "0"));
        await Cluster.Client.CreateAsync(Dongled(Objects.Pod(ns, "fits", "500m"), "2"), Ct);
        await UsedAsync(ns, Name, ("pods", "1"), ("cpu", "500m"), ("memory", "16Mi"), ("ephemeral-storage", "30Gi"), ("requests.example.com/dongle", "2"));
        await RefusedAsync(Dongled(Objects.Pod(ns, "large", "600m"), "1"), "exceeded quota: test-quota, requested: cpu=600m,ephemeral-storage=30Gi, used: cpu=500m,ephemeral-storage=30Gi, limited: cpu=1,ephemeral-storage=50Gi");
        await RefusedAsync(Dongled(Objects.Pod(ns, "many", "100m"), "2", "1Gi"), "exceeded quota: test-quota, requested: requests.example.com/dongle=2, used: requests.example.com/dongle=2, limited: requests.example.com/dongle=3");
        await RefusedAsync(Objects.Pod(ns, "silent"), "failed quota: test-quota: must specify cpu for: nginx; memory for: nginx");
        var refusal = await Assert.ThrowsAsync<StatusException>(() => shared.ChangeAsync<Pod>(ns, "fits", pod => pod.Spec!.Containers[0].Resources!.Requests!["cpu"] = Quantity.Parse("100m"), Ct));
        Assert.Equal(422, refusal.Code);
        await UsedAsync(ns, Name, ("pods", "1"), ("cpu", "500m"));
        await Cluster.Client.Of<Pod>().DeleteAsync(ns, "fits", Ct);
        await UsedAsync(ns, Name, ("pods", "0"), ("cpu", "0"), ("memory", "0"), ("ephemeral-storage", "0"), ("requests.example.com/dongle", "0"));
    }

    [Fact]
    public async Task Scope_OfBestEffort_CountsOnlyThosePods()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, "best-effort", new() { ["pods"] = "5" }, "BestEffort");
        await CreateAsync(ns, "not-best-effort", new() { ["pods"] = "5" }, "NotBestEffort");
        await UsedAsync(ns, "best-effort", ("pods", "0"));
        await UsedAsync(ns, "not-best-effort", ("pods", "0"));
        await OneInAsync(ns, Objects.Pod(ns, "careless"), "best-effort", "not-best-effort");
        await OneInAsync(ns, Objects.Pod(ns, "careful", "100m"), "not-best-effort", "best-effort");
    }

    [Fact]
    public async Task Scope_OfTerminating_CountsOnlyThosePods()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, "terminating", new() { ["pods"] = "5" }, "Terminating");
        await CreateAsync(ns, "not-terminating", new() { ["pods"] = "5" }, "NotTerminating");
        await UsedAsync(ns, "terminating", ("pods", "0"));
        await UsedAsync(ns, "not-terminating", ("pods", "0"));
        await OneInAsync(ns, Objects.Pod(ns, "long-running"), "not-terminating", "terminating");
        var limited = Objects.Pod(ns, "limited");
        limited.Spec.ActiveDeadlineSeconds = 3600;
        await OneInAsync(ns, limited, "terminating", "not-terminating");
    }

    [Fact]
    public async Task Quota_ThroughItsLife_IsReadChangedAndDeleted()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, Name, new() { ["cpu"] = "1", ["memory"] = "500Mi" }, label: "walk");
        await RaiseCpuAsync(ns);
        Assert.Equal("2", (await Quotas.GetAsync(ns, Name, Ct)).Spec.Hard!["cpu"].ToString());
        Assert.Single((await Quotas.ListAsync(null, new ListOptions { LabelSelector = "kind=walk" }, Ct)).Items);
        await Quotas.PatchAsync(ns, Name, Patch.StrategicMerge(JsonNode.Parse("""{"metadata":{"labels":{"patched":"true"}},"spec":{"hard":{"memory":"750Mi"}}}""")!), Ct);
        Assert.Equal("750Mi", (await Quotas.GetAsync(ns, Name, Ct)).Spec.Hard!["memory"].ToString());
        await Quotas.DeleteCollectionAsync(ns, null, new ListOptions { LabelSelector = "kind=walk" }, Ct);
        Assert.Null(await Quotas.FindAsync(ns, Name, Ct));
    }

    [Fact]
    public async Task Quota_UpdatedAndDeleted_IsGone()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, Name, new() { ["cpu"] = "1" });
        await RaiseCpuAsync(ns);
        await Cluster.WaitAsync<ResourceQuota>(ns, Name, quota => quota?.Status.Hard?["cpu"].ToString() == "2", Ct);
        await Quotas.DeleteAsync(ns, Name, Ct);
        Assert.Null(await Quotas.FindAsync(ns, Name, Ct));
    }

    [Fact]
    public async Task Status_PatchedByAClient_IsCalculatedAnew()
    {
        var ns = await shared.NewNamespaceAsync(Ct);
        await CreateAsync(ns, Name, new() { ["cpu"] = "500m" });
        await UsedAsync(ns, Name, ("cpu", "0"));
        var patched = await Quotas.PatchAsync(ns, Name, Patch.Merge(JsonNode.Parse("""{"status":{"hard":{"cpu":"7"}}}""")!), "status", Ct);
        Assert.Equal(("500m", "7"), (patched.Spec.Hard!["cpu"].ToString(), patched.Status.Hard!["cpu"].ToString()));
        await Cluster.WaitAsync<ResourceQuota>(ns, Name, quota => quota?.Status.Hard!["cpu"].ToString() == "500m", Ct);
        await Quotas.PatchAsync(ns, Name, Patch.Merge(JsonNode.Parse("""{"spec":{"hard":{"cpu":"1"}}}""")!), Ct);
        await Cluster.WaitAsync<ResourceQuota>(ns, Name, quota => quota?.Status.Hard!["cpu"].ToString() == "1", Ct);
    }

    /// <summary>One more of a kind is counted, a second one refused, and the first one given back.</summary>
    private async Task LifeAsync<T>(string ns, string resource, T obj, int already = 0)
        where T : class, IObject<T>
    {
        await CreateAsync(ns, Name, new() { [resource] = $"{already + 1}" });
        await UsedAsync(ns, Name, (resource, $"{already}"));
        await Cluster.Client.CreateAsync(obj, Ct);
        await UsedAsync(ns, Name, (resource, $"{already + 1}"));
        var second = obj.DeepClone();
        second.Metadata.Name += "-2";
        await RefusedAsync(second, $"exceeded quota: test-quota, requested: {resource}=1, used: {resource}={already + 1}, limited: {resource}={already + 1}");
        await Cluster.Client.Of<T>().DeleteAsync(ns, obj.Metadata.Name, Ct);
        await UsedAsync(ns, Name, (resource, $"{already}"));
    }

    private static Pod Dongled(Pod pod, string dongles, string storage = "30Gi")
    {
        var resources = pod.Spec!.Containers[0].Resources!;
        resources.Requests!["ephemeral-storage"] = Quantity.Parse(storage);
        resources.Requests["example.com/dongle"] = Quantity.Parse(dongles);
        resources.Limits = new() { ["example.com/dongle"] = Quantity.Parse(dongles) };
        return pod;
    }

    private async Task OneInAsync(string ns, Pod pod, string counting, string other)
    {
        await Cluster.Client.CreateAsync(pod, Ct);
        await UsedAsync(ns, counting, ("pods", "1"));
        await UsedAsync(ns, other, ("pods", "0"));
        await Cluster.Client.Of<Pod>().DeleteAsync(ns, pod.Metadata.Name, Ct);
        await UsedAsync(ns, counting, ("pods", "0"));
    }

    private Task<ResourceQuota> CreateAsync(string ns, string name, Dictionary<string, string> hard, string? scope = null, string label = "test") => Quotas.CreateAsync(
        new ResourceQuota
        {
            Metadata = new() { Namespace = ns, Name = name, Labels = new() { ["kind"] = label } },
            Spec = new() { Hard = new(hard.ToDictionary(pair => pair.Key, pair => Quantity.Parse(pair.Value))), Scopes = scope is null ? null : [scope] },
        },
        Ct);

    private Task RaiseCpuAsync(string ns) => shared.ChangeAsync<ResourceQuota>(ns, Name, quota => quota.Spec.Hard!["cpu"] = Quantity.Parse("2"), Ct);

    private Task UsedAsync(string ns, string quota, params (string Resource, string Amount)[] used) => Cluster.WaitAsync<ResourceQuota>(
        ns, quota, one => used.All(wanted => one?.Status.Used?.TryGetValue(wanted.Resource, out var amount) == true && amount.ToString() == wanted.Amount), Ct);

    private async Task RefusedAsync<T>(T obj, string why)
        where T : class, IObject<T>
    {
        var refused = await Assert.ThrowsAsync<StatusException>(() => Cluster.Client.CreateAsync(obj, Ct));
        Assert.Equal(403, refused.Code);
        Assert.EndsWith(why, refused.Message, StringComparison.Ordinal);
    }
}
