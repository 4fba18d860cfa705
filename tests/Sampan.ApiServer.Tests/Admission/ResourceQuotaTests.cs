using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Admission;

public sealed class ResourceQuotaTests
{
    [Fact]
    public async Task Create_WithinQuota_IsChargedAtOnce()
    {
        await using var server = await StartAsync(("requests.cpu", "2"), ("pods", "10"));
        await server.Client.CreateAsync(AdmissionPods.Of("p", "500m"), default);
        var quota = await server.Client.Of<ResourceQuota>().GetAsync("default", "q", default);
        Assert.Equal("500m", quota.Status.Used!["requests.cpu"].ToString());
        Assert.Equal("1", quota.Status.Used["pods"].ToString());
    }

    [Fact]
    public async Task Create_AboveQuota_IsForbiddenWithTheNumbers()
    {
        await using var server = await StartAsync(("requests.cpu", "1"));
        await server.Client.CreateAsync(AdmissionPods.Of("p", "600m"), default);
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(AdmissionPods.Of("r", "600m"), default));
        Assert.Equal(403, refusal.Code);
        Assert.Equal(
            "pods \"r\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, used: requests.cpu=600m, limited: requests.cpu=1", refusal.Message);
    }

    [Fact]
    public async Task Create_RequestMissing_IsForbidden()
    {
        await using var server = await StartAsync(("limits.cpu", "1"));
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(AdmissionPods.Of("p"), default));
        Assert.Equal("pods \"p\" is forbidden: failed quota: q: must specify limits.cpu for: a", refusal.Message);
    }

    [Fact]
    public async Task Create_UsageNotKnownYet_IsForbidden()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var quota = (await CreateQuotaAsync(server, ("configmaps", "1"))).DeepClone();
        quota.Status.Hard = quota.Spec.Hard;
        await server.Client.Of<ResourceQuota>().UpdateStatusAsync(quota, default);
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(ConfigMap("a"), default));
        Assert.Equal("configmaps \"a\" is forbidden: status unknown for quota: q, resources: configmaps", refusal.Message);
    }

    [Fact]
    public async Task Create_ManyAtOnce_NeverExceedTheCount()
    {
        await using var server = await StartAsync(("count/configmaps", "5"));
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await server.Client.CreateAsync(ConfigMap($"c{i}"), default);
                return true;
            }
            catch (StatusException refused) when (refused.IsForbidden)
            {
                return false;
            }
        }));
        Assert.Equal(5, results.Count(succeeded => succeeded));
    }

    [Fact]
    public async Task Create_DryRun_ChargesNothing()
    {
        await using var server = await StartAsync(("count/configmaps", "1"));
        var answer = await server.SendAsync("POST", "/api/v1/namespaces/default/configmaps?dryRun=All", """{"metadata":{"name":"a"}}""");
        Assert.Equal(201, answer.Code);
        Assert.Equal("0", (await server.Client.Of<ResourceQuota>().GetAsync("default", "q", default)).Status.Used!["count/configmaps"].ToString());
    }

    [Fact]
    public async Task Update_ServiceBecomesNodePort_ChargesTheDifference()
    {
        await using var server = await StartAsync(("services.nodeports", "0"));
        var created = await server.Client.CreateAsync(
            new Service { Metadata = new() { Name = "s", Namespace = "default" }, Spec = new() { Ports = [new() { Port = 80 }] } }, default);
        var service = created.DeepClone();
        service.Spec.Type = "NodePort";
        var refusal = await RefusalAsync(() => server.Client.Of<Service>().UpdateAsync(service, default));
        Assert.Contains("exceeded quota: q, requested: services.nodeports=1, used: services.nodeports=0, limited: services.nodeports=0", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_OtherScope_IsNotCharged()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await ActivateAsync(server, await CreateQuotaAsync(server, quota => quota.Spec.Scopes = ["BestEffort"], ("pods", "0")));
        await server.Client.CreateAsync(AdmissionPods.Of("burstable", "100m"), default);
        await RefusalAsync(() => server.Client.CreateAsync(AdmissionPods.Of("best"), default));
    }

    private static ConfigMap ConfigMap(string name) => new() { Metadata = new() { Name = name, Namespace = "default" } };

    private static async Task<TestServer> StartAsync(params (string Name, string Amount)[] hard)
    {
        var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await ActivateAsync(server, await CreateQuotaAsync(server, hard));
        return server;
    }

    private static Task<ResourceQuota> CreateQuotaAsync(TestServer server, params (string Name, string Amount)[] hard) =>
        CreateQuotaAsync(server, _ => { }, hard);

    private static Task<ResourceQuota> CreateQuotaAsync(TestServer server, Action<ResourceQuota> change, params (string Name, string Amount)[] hard)
    {
        var quota = new ResourceQuota
        {
            Metadata = new() { Name = "q", Namespace = "default" },
            Spec = new() { Hard = hard.ToDictionary(one => one.Name, one => Quantity.Parse(one.Amount)) },
        };
        change(quota);
        return server.Client.CreateAsync(quota, default);
    }

    /// <summary>What the quota controller does at first.</summary>
    private static async Task ActivateAsync(TestServer server, ResourceQuota quota)
    {
        var counted = quota.DeepClone();
        counted.Status.Hard = counted.Spec.Hard;
        counted.Status.Used = counted.Spec.Hard!.ToDictionary(one => one.Key, _ => Quantity.Zero);
        await server.Client.Of<ResourceQuota>().UpdateStatusAsync(counted, default);
    }
}
