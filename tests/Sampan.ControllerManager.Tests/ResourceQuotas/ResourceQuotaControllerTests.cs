using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.ControllerManager.ResourceQuotas;

namespace Sampan.ControllerManager.Tests.ResourceQuotas;

public sealed class ResourceQuotaControllerTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private ResourceQuotaStatus Status => Api.Find<ResourceQuota>("default", "quota")!.Status;

    [Fact]
    public async Task Reconcile_NewQuota_CountsWhatIsThere()
    {
        Api.Put(PodOf("one", "250m", "Running"));
        Api.Put(PodOf("two", "1", "Running"));
        Api.Put(PodOf("ended", "1", "Succeeded"));
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "default", Name = "map" } });
        Api.Put(new ConfigMap { Metadata = new ObjectMeta { Namespace = "other", Name = "map" } });
        await StartAsync(new() { ["pods"] = "5", ["requests.cpu"] = "2", ["configmaps"] = "3", ["count/deployments.apps"] = "1", ["services"] = "4", ["count/nothing.example.com"] = "1" });
        Assert.Equal("configmaps=1,count/deployments.apps=0,pods=2,requests.cpu=1250m,services=0", Used());
        Assert.Equal("2", Status.Hard!["requests.cpu"].ToString());
    }

    [Fact]
    public async Task Reconcile_ObjectsGoOrEnd_GivesBack()
    {
        Api.Put(PodOf("one", "250m", "Running"));
        Api.Put(PodOf("two", "1", "Running"));
        Api.Put(new Secret { Metadata = new ObjectMeta { Namespace = "default", Name = "secret" } });
        await StartAsync(new() { ["pods"] = "5", ["requests.cpu"] = "2", ["secrets"] = "3" });
        Assert.Equal("pods=2,requests.cpu=1250m,secrets=1", Used());
        Api.Put(PodOf("one", "250m", "Failed"));
        await _harness.UntilAsync(() => Used() == "pods=1,requests.cpu=1,secrets=1", "the ended pod is given back");
        Api.Remove<Pod>("default", "two");
        Api.Remove<Secret>("default", "secret");
        await _harness.UntilAsync(() => Used() == "pods=0,requests.cpu=0,secrets=0", "the deleted ones are given back");
    }

    [Theory]
    [InlineData("BestEffort", "pods=1")]
    [InlineData("NotBestEffort", "pods=2")]
    [InlineData("Terminating", "pods=1")]
    [InlineData("NotTerminating", "pods=2")]
    public async Task Reconcile_Scope_CountsOnlyWhatBelongs(string scope, string used)
    {
        Api.Put(PodOf("one", "250m", "Running"));
        Api.Put(PodOf("two", "1", "Running", p => p.Spec.ActiveDeadlineSeconds = 60));
        Api.Put(PodOf("three", null, "Running"));
        await StartAsync(new() { ["pods"] = "5" }, q => q.Spec.Scopes = [scope]);
        Assert.Equal(used, Used());
    }

    /// <summary>Two devices by the pod's own request, whose claim costs nothing more, and one by a claim of its own.</summary>
    [Fact]
    public async Task Reconcile_ExtendedResourceServedByDevices_CountsPodsAndClaimsTogether()
    {
        Api.Put(new DeviceClass { Metadata = new() { Name = "gpu" }, Spec = new() { ExtendedResourceName = "example.com/gpu" } });
        var pod = Api.Put(PodOf("user", null, "Running", p => p.Spec.Containers[0].Resources.Requests = new() { ["example.com/gpu"] = new(2) }));
        PutClaim("made", 2, c => (c.Metadata.Annotations, c.Metadata.OwnerReferences) = (new() { ["resource.kubernetes.io/extended-resource-claim"] = "true" }, [Common.OwnerReferences.ControllerRef(pod)]));
        PutClaim("own", 1);
        await StartAsync(new() { ["requests.example.com/gpu"] = "8", ["gpu.deviceclass.resource.k8s.io/devices"] = "8", ["count/resourceclaims.resource.k8s.io"] = "9" });
        Assert.Equal("count/resourceclaims.resource.k8s.io=2,gpu.deviceclass.resource.k8s.io/devices=3,requests.example.com/gpu=3", Used());
        Api.Remove<Sampan.Api.Resource.V1.ResourceClaim>("default", "own");
        await _harness.UntilAsync(() => Used() == "count/resourceclaims.resource.k8s.io=1,gpu.deviceclass.resource.k8s.io/devices=2,requests.example.com/gpu=2", "given back");
    }

    /// <summary>Upstream's table of claims: by class, by the class of attributes, and what an expansion has taken.</summary>
    [Theory]
    [InlineData("gold", "10Gi", null, "gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/requests.storage=10Gi,persistentvolumeclaims=1,requests.storage=10Gi")]
    [InlineData("silver", "10Gi", null, "gold.storageclass.storage.k8s.io/persistentvolumeclaims=0,gold.storageclass.storage.k8s.io/requests.storage=0,persistentvolumeclaims=1,requests.storage=10Gi")]
    [InlineData("gold", "10Gi", "20Gi", "gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/requests.storage=20Gi,persistentvolumeclaims=1,requests.storage=20Gi")]
    [InlineData("gold", "10Gi", "5Gi", "gold.storageclass.storage.k8s.io/persistentvolumeclaims=1,gold.storageclass.storage.k8s.io/requests.storage=10Gi,persistentvolumeclaims=1,requests.storage=10Gi")]
    public async Task Reconcile_ClaimsOfVolumes_CountByClass(string storageClass, string asked, string? taken, string used)
    {
        Api.Put(new PersistentVolumeClaim
        {
            Metadata = new() { Namespace = "default", Name = "data" },
            Spec = new() { StorageClassName = storageClass, Resources = new() { Requests = new() { ["storage"] = Quantity.Parse(asked) } } },
            Status = new() { AllocatedResources = taken is null ? null : new() { ["storage"] = Quantity.Parse(taken) } },
        });
        await StartAsync(new()
        {
            ["persistentvolumeclaims"] = "5", ["requests.storage"] = "1Ti",
            ["gold.storageclass.storage.k8s.io/persistentvolumeclaims"] = "5", ["gold.storageclass.storage.k8s.io/requests.storage"] = "1Ti",
        });
        Assert.Equal(used, Used());
    }

    [Theory]
    [InlineData("PriorityClass", "In", "high", "pods=1")]
    [InlineData("PriorityClass", "NotIn", "high", "pods=1")]
    [InlineData("PriorityClass", "Exists", null, "pods=1")]
    [InlineData("PriorityClass", "DoesNotExist", null, "pods=1")]
    [InlineData("CrossNamespacePodAffinity", "Exists", null, "pods=0")]
    public async Task Reconcile_ScopeSelector_CountsOnlyWhatBelongs(string scope, string op, string? value, string used)
    {
        Api.Put(PodOf("one", null, "Running", p => p.Spec.PriorityClassName = "high"));
        Api.Put(PodOf("two", null, "Running"));
        await StartAsync(new() { ["pods"] = "5" }, q => q.Spec.ScopeSelector = new() { MatchExpressions = [new() { ScopeName = scope, Operator = op, Values = value is null ? null : [value] }] });
        Assert.Equal(used, Used());
    }

    [Theory]
    [InlineData("ClusterIP", "services=1,services.loadbalancers=0,services.nodeports=0")]
    [InlineData("NodePort", "services=1,services.loadbalancers=0,services.nodeports=2")]
    [InlineData("LoadBalancer", "services=1,services.loadbalancers=1,services.nodeports=2")]
    [InlineData("ExternalName", "services=1,services.loadbalancers=0,services.nodeports=0")]
    public async Task Reconcile_Services_CountByType(string type, string used)
    {
        Api.Put(new Service { Metadata = new() { Namespace = "default", Name = "web" }, Spec = new() { Type = type, Ports = [new() { Port = 80 }, new() { Port = 443 }] } });
        await StartAsync(new() { ["services"] = "5", ["services.nodeports"] = "5", ["services.loadbalancers"] = "5" });
        Assert.Equal(used, Used());
    }

    [Fact]
    public async Task Reconcile_HardChanged_StatusFollows()
    {
        await StartAsync(new() { ["pods"] = "5" });
        var copy = Api.Find<ResourceQuota>("default", "quota")!.DeepClone();
        copy.Spec.Hard = new() { ["services"] = Quantity.Parse("7") };
        Api.Put(copy);
        await _harness.UntilAsync(() => Used() == "services=0" && Status.Hard!.ContainsKey("services"), "the new limit");
    }

    [Fact]
    public async Task Reconcile_ChargedForAnObjectToCome_LeavesTheCharge()
    {
        await StartAsync(new() { ["pods"] = "5" });
        var charged = Api.Find<ResourceQuota>("default", "quota")!.DeepClone();
        charged.Status.Used = new() { ["pods"] = Quantity.Parse("1") };
        Api.Put(charged);
        var other = charged.DeepClone();
        other.Metadata.Name = "other";
        other.Status = new();
        Api.Put(other);
        await _harness.UntilAsync(() => Api.Find<ResourceQuota>("default", "other")!.Status.Used is not null, "another quota is counted");
        Assert.Equal("pods=1", Used());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private string Used() => string.Join(',', Status.Used.OrEmpty().OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => $"{u.Key}={u.Value}"));

    private static Pod PodOf(string name, string? cpu, string phase, Action<Pod>? change = null)
    {
        var pod = Workloads.Pod(name);
        pod.Status.Phase = phase;
        if (cpu is not null) pod.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu) };
        change?.Invoke(pod);
        return pod;
    }

    private void PutClaim(string name, long devices, Action<Sampan.Api.Resource.V1.ResourceClaim>? change = null)
    {
        var claim = new Sampan.Api.Resource.V1.ResourceClaim
        {
            Metadata = new() { Namespace = "default", Name = name },
            Spec = new() { Devices = new() { Requests = [new() { Name = "devices", Exactly = new() { DeviceClassName = "gpu", AllocationMode = "ExactCount", Count = devices } }] } },
        };
        change?.Invoke(claim);
        Api.Put(claim);
    }

    private async Task StartAsync(Dictionary<string, string> hard, Action<ResourceQuota>? change = null)
    {
        var quota = new ResourceQuota
        {
            Metadata = new ObjectMeta { Namespace = "default", Name = "quota" },
            Spec = new ResourceQuotaSpec { Hard = hard.ToDictionary(h => h.Key, h => Quantity.Parse(h.Value)) },
        };
        change?.Invoke(quota);
        Api.Put(quota);
        await _harness.StartAsync(c => new ResourceQuotaController(c));
        await _harness.UntilAsync(() => Status.Used is not null, "counted");
    }
}
