using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Admission;

public sealed class LimitRangerTests
{
    [Fact]
    public async Task Create_NothingStated_TakesTheDefaults()
    {
        await using var server = await StartAsync(new LimitRangeItem
        {
            Type = "Container",
            Default = new() { ["cpu"] = new(1), ["memory"] = Quantity.Parse("1Gi") },
            DefaultRequest = new() { ["cpu"] = Quantity.Parse("100m") },
        });
        var pod = await CreateAsync(server, null, null);
        Assert.Equal("100m", pod.Spec.Containers[0].Resources.Requests!["cpu"].ToString());
        Assert.Equal("1", pod.Spec.Containers[0].Resources.Limits!["cpu"].ToString());
        Assert.Equal(
            "LimitRanger plugin set: cpu, memory request for container a; cpu, memory limit for container a",
            pod.Metadata.Annotations!["kubernetes.io/limit-ranger"]);
    }

    [Theory]
    [InlineData("50m", null, "minimum cpu usage per Container is 100m, but request is 50m")]
    [InlineData("1", "3", "maximum cpu usage per Container is 2, but limit is 3")]
    [InlineData("100m", "2", "cpu max limit to request ratio per Container is 10, but provided ratio is 20.000000")]
    public async Task Create_OutOfRange_IsForbidden(string request, string? limit, string reason)
    {
        await using var server = await StartAsync(new LimitRangeItem
        {
            Type = "Container",
            Min = new() { ["cpu"] = Quantity.Parse("100m") },
            Max = limit is null ? null : new() { ["cpu"] = new(2) },
            MaxLimitRequestRatio = limit is null ? null : new() { ["cpu"] = new(10) },
        });
        var refusal = await RefusalAsync(() => CreateAsync(server, request, limit));
        Assert.Equal(403, refusal.Code);
        Assert.Equal($"pods \"p\" is forbidden: {reason}", refusal.Message);
    }

    [Fact]
    public async Task Create_PodAboveItsSum_IsForbidden()
    {
        await using var server = await StartAsync(new LimitRangeItem { Type = "Pod", Max = new() { ["cpu"] = new(1) } });
        var refusal = await RefusalAsync(() => CreateAsync(server, "2", "2"));
        Assert.Equal("pods \"p\" is forbidden: maximum cpu usage per Pod is 1, but limit is 2", refusal.Message);
    }

    [Fact]
    public async Task Create_ClaimTooLarge_IsForbidden()
    {
        await using var server = await StartAsync(
            new LimitRangeItem { Type = "PersistentVolumeClaim", Max = new() { ["storage"] = Quantity.Parse("1Gi") } });
        var refusal = await RefusalAsync(() => server.Client.CreateAsync(
            new PersistentVolumeClaim
            {
                Metadata = new() { Name = "c", Namespace = "default" },
                Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = new() { ["storage"] = Quantity.Parse("2Gi") } } },
            },
            default));
        Assert.Equal(
            "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi", refusal.Message);
    }

    private static async Task<TestServer> StartAsync(LimitRangeItem item)
    {
        var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.CreateAsync(
            new LimitRange { Metadata = new() { Name = "limits", Namespace = "default" }, Spec = new() { Limits = [item] } }, default);
        return server;
    }

    private static Task<Pod> CreateAsync(TestServer server, string? request, string? limit) =>
        server.Client.CreateAsync(AdmissionPods.Of("p", request, limit), default);
}
