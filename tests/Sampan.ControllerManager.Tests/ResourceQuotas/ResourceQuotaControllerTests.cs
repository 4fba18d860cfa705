using Sampan.Api.Core.V1;
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
