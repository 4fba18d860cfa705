using Sampan.Api.Core.V1;
using Sampan.Api.Policy.V1;
using Sampan.ApiServer.Tests.Admission;

namespace Sampan.ApiServer.Tests.Server;

public sealed class EvictionTests
{
    [Fact]
    public async Task Evict_BudgetAllows_ChargesItAndDeletes()
    {
        await using var server = await StartAsync(allowed: 1);
        var answer = await EvictAsync(server);
        Assert.Equal((201, "Success"), (answer.Code, (string?)answer.Json["status"]));
        var budget = await server.Client.Of<PodDisruptionBudget>().GetAsync("default", "b", default);
        Assert.Equal(0, budget.Status.DisruptionsAllowed);
        Assert.True(budget.Status.DisruptedPods!.ContainsKey("p"));
        var pod = await server.Client.Of<Pod>().GetAsync("default", "p", default);
        Assert.NotNull(pod.Metadata.DeletionTimestamp);
        Assert.Contains(pod.Status.Conditions!, one => one is { Type: "DisruptionTarget", Status: "True", Reason: "EvictionByEvictionAPI" });
    }

    [Fact]
    public async Task Evict_BudgetExhausted_IsTooManyRequests()
    {
        await using var server = await StartAsync(allowed: 0);
        var answer = await EvictAsync(server);
        Assert.Equal((429, "TooManyRequests"), (answer.Code, answer.Reason));
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", answer.Message);
        var cause = answer.Json["details"]!["causes"]![0]!;
        Assert.Equal("DisruptionBudget", (string?)cause["reason"]);
        Assert.Equal("The disruption budget b needs 2 healthy pods and has 1 currently", (string?)cause["message"]);
    }

    [Fact]
    public async Task Evict_BudgetNotSeenByItsController_AsksToComeBack()
    {
        await using var server = await StartAsync(allowed: 1, observed: 0);
        var answer = await EvictAsync(server);
        Assert.Equal(429, answer.Code);
        Assert.Equal("10", answer.Headers.RetryAfter.ToString());
        Assert.Equal("The disruption budget b is still being processed by the server.", (string?)answer.Json["details"]!["causes"]![0]!["message"]);
    }

    [Fact]
    public async Task Evict_TwoBudgets_IsRefused()
    {
        await using var server = await StartAsync(allowed: 1);
        await server.Client.CreateAsync(Budget("c"), default);
        var answer = await EvictAsync(server);
        Assert.Equal(500, answer.Code);
        Assert.Equal("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.", answer.Message);
    }

    [Theory]
    [InlineData("AlwaysAllow", 201)]
    [InlineData("IfHealthyBudget", 429)]
    public async Task Evict_UnhealthyPod_FollowsThePolicy(string policy, int code)
    {
        await using var server = await StartAsync(allowed: 0, ready: false, policy: policy);
        Assert.Equal(code, (await EvictAsync(server)).Code);
    }

    [Fact]
    public async Task Evict_DryRun_ChangesNothing()
    {
        await using var server = await StartAsync(allowed: 1);
        var answer = await EvictAsync(server, """{"metadata":{"name":"p"},"deleteOptions":{"dryRun":["All"]}}""");
        Assert.Equal(201, answer.Code);
        Assert.Equal(1, (await server.Client.Of<PodDisruptionBudget>().GetAsync("default", "b", default)).Status.DisruptionsAllowed);
        Assert.Null((await server.Client.Of<Pod>().GetAsync("default", "p", default)).Metadata.DeletionTimestamp);
    }

    [Fact]
    public async Task Evict_WrongUid_IsAConflict()
    {
        await using var server = await StartAsync(allowed: 1);
        var answer = await EvictAsync(server, """{"metadata":{"name":"p"},"deleteOptions":{"preconditions":{"uid":"other"}}}""");
        Assert.Equal(409, answer.Code);
    }

    private static Task<RawAnswer> EvictAsync(TestServer server, string body = """{"metadata":{"name":"p"}}""") =>
        server.SendAsync("POST", "/api/v1/namespaces/default/pods/p/eviction", body);

    private static PodDisruptionBudget Budget(string name, string? policy = null) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { MinAvailable = 2, Selector = new() { MatchLabels = new() { ["app"] = "web" } }, UnhealthyPodEvictionPolicy = policy },
    };

    private static async Task<TestServer> StartAsync(int allowed, long observed = 1, bool ready = true, string? policy = null)
    {
        var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = AdmissionPods.Of("p", change: spec => spec.NodeName = "n");
        pod.Metadata.Labels = new() { ["app"] = "web" };
        pod = (await server.Client.CreateAsync(pod, default)).DeepClone();
        pod.Status.Phase = "Running";
        pod.Status.Conditions = [new() { Type = "Ready", Status = ready ? "True" : "False" }];
        await server.Client.Of<Pod>().UpdateStatusAsync(pod, default);
        var budget = (await server.Client.CreateAsync(Budget("b", policy), default)).DeepClone();
        budget.Status = new() { ObservedGeneration = observed, DisruptionsAllowed = allowed, CurrentHealthy = 1, DesiredHealthy = 2 };
        await server.Client.Of<PodDisruptionBudget>().UpdateStatusAsync(budget, default);
        return server;
    }
}
