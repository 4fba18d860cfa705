using System.Text.Json.Nodes;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Network;

/// <summary>What the API promises of Services besides traffic.</summary>
public sealed class ServiceApiTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_PatchedAndReplaced_LeavesTheSpecAlone()
    {
        await using var cluster = await StartAsync();
        var services = cluster.Client.Of<Service>();
        await services.CreateAsync(Service("web", "LoadBalancer"), Ct);
        var ingress = new JsonObject { ["status"] = new JsonObject { ["loadBalancer"] = new JsonObject { ["ingress"] = new JsonArray(new JsonObject { ["ip"] = "203.0.113.1" }) } } };
        var patched = (await services.PatchAsync("default", "web", Patch.Merge(ingress), "status", Ct)).DeepClone();
        Assert.Equal("203.0.113.1", patched.Status.LoadBalancer!.Ingress![0].Ip);

        patched.Status.Conditions = [new Condition { Type = "Checked", Status = "True", Reason = "Test", Message = "", LastTransitionTime = DateTimeOffset.UnixEpoch }];
        patched.Spec.Ports![0].Port = 81;
        var replaced = await services.UpdateStatusAsync(patched, Ct);
        Assert.Equal(("Checked", 80), (replaced.Status.Conditions![0].Type, replaced.Spec.Ports![0].Port));
        await services.DeleteAsync("default", "web", Ct);
        Assert.Null(await services.FindAsync("default", "web", Ct));
    }

    [Theory]
    [InlineData("ClusterIP")]
    [InlineData("NodePort")]
    public async Task Type_ChangedToExternalNameAndBack_DropsAndTakesWhatItNeeds(string type)
    {
        await using var cluster = await StartAsync();
        var services = cluster.Client.Of<Service>();
        var service = (await services.CreateAsync(Service("web", type), Ct)).DeepClone();
        (service.Spec.Type, service.Spec.ExternalName) = ("ExternalName", "example.com");
        service = (await services.UpdateAsync(service, Ct)).DeepClone();
        Assert.True(string.IsNullOrEmpty(service.Spec.ClusterIP) && service.Spec.ClusterIPs is null or { Count: 0 });
        Assert.True(service.Spec.IpFamilies is null or { Count: 0 } && service.Spec.IpFamilyPolicy is null && service.Spec.ExternalTrafficPolicy is null);
        Assert.Equal(0, service.Spec.Ports![0].NodePort);

        (service.Spec.Type, service.Spec.ExternalName) = (type, null);
        service = await services.UpdateAsync(service, Ct);
        Assert.StartsWith("10.96.", service.Spec.ClusterIP, StringComparison.Ordinal);
        Assert.Equal(type == "NodePort", service.Spec.Ports![0].NodePort >= 30000);
    }

    [Fact]
    public async Task Collection_DeletedByLabel_LeavesOthers()
    {
        await using var cluster = await StartAsync();
        var services = cluster.Client.Of<Service>();
        foreach (var name in new[] { "one", "two" }) await services.CreateAsync(Service(name, "ClusterIP", "test"), Ct);
        await services.CreateAsync(Service("three", "ClusterIP"), Ct);
        await services.DeleteCollectionAsync("default", null, new ListOptions { LabelSelector = "set=test" }, Ct);
        var left = (await services.ListAsync("default", Ct)).Items.Select(s => s.Metadata.Name).Where(n => n != "kubernetes");
        Assert.Equal(["three"], left);
    }

    private static Task<TestCluster> StartAsync() =>
        TestCluster.StartAsync(new TestClusterOptions { Nodes = 0, Controllers = false, Scheduler = false }, Ct);

    private static Service Service(string name, string type, string? set = null) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name, Labels = set is null ? null : new() { ["set"] = set } },
        Spec = new ServiceSpec { Type = type, Ports = [new ServicePort { Port = 80 }] },
    };
}
