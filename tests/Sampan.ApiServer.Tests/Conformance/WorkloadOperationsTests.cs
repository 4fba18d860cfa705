using System.Text.Json;
using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>Every operation on workloads and on their status, without the controllers that would act on them.</summary>
public sealed class WorkloadOperationsTests
{
    private const string Template = """{"metadata":{"labels":{"app":"web"}},"spec":{"restartPolicy":"Always","containers":[{"name":"web","image":"nginx:1"}]}}""";
    private const string Selector = """{"matchLabels":{"app":"web"}}""";
    private const string JobSpec = """{"suspend":true,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"work","image":"busybox:1"}]}}}""";

    private const string Scheduled = $$"""{ "schedule": "* */1 * * ?", "suspend": true, "jobTemplate": { "spec": {{JobSpec}} } }""";

    private const string Condition = """
        {"status":{"conditions":[{"type":"PatchStatusFailed","status":"False","reason":"Walk","message":"patched","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
        """;

    [Fact]
    public Task Deployment_EveryOperation_Works() => WalkAsync("apps", "deployments", "Deployment", Selected());

    [Fact]
    public Task ReplicaSet_EveryOperation_Works() => WalkAsync("apps", "replicasets", "ReplicaSet", Selected());

    [Fact]
    public Task StatefulSet_EveryOperation_Works() => WalkAsync("apps", "statefulsets", "StatefulSet", Selected("web"));

    [Fact]
    public Task DaemonSet_EveryOperation_Works() => WalkAsync("apps", "daemonsets", "DaemonSet", Selected());

    [Fact]
    public Task Job_EveryOperation_Works() => WalkAsync("batch", "jobs", "Job", JobSpec);

    [Fact]
    public Task PodDisruptionBudget_EveryOperation_Works() =>
        WalkAsync("policy", "poddisruptionbudgets", "PodDisruptionBudget", """{"minAvailable":1,"selector":{"matchLabels":{"app":"web"}}}""");

    /// <summary>A CronJob's status has no conditions.</summary>
    [Fact]
    public async Task CronJob_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        await Operations(server, "batch", "cronjobs", "CronJob", Scheduled).WalkAsync();
        var client = server.Client.Dynamic(new GroupVersionResource("batch", "v1", "cronjobs"));
        await client.CreateAsync(CronJob(), default);
        var patched = await client.PatchAsync("default", "one", Client.Patch.Merge(JsonNode.Parse("""{"status":{"lastScheduleTime":"2026-01-01T00:00:00Z"}}""")!), "status", default);
        var changed = patched.DeepClone().AsObject();
        changed["status"]!["lastScheduleTime"] = "2026-01-02T00:00:00Z";
        await client.ReplaceAsync(changed, "status", null, default);
        using var status = JsonDocument.Parse(await client.OpenAsync("default", "one", "status", [], default));
        Assert.Equal("2026-01-02T00:00:00Z", status.RootElement.GetProperty("status").GetProperty("lastScheduleTime").GetString());
    }

    private static JsonObject CronJob() => new()
    {
        ["apiVersion"] = "batch/v1",
        ["kind"] = "CronJob",
        ["metadata"] = new JsonObject { ["namespace"] = "default", ["name"] = "one" },
        ["spec"] = JsonNode.Parse(Scheduled),
    };

    private static string Selected(string? serviceName = null)
    {
        var spec = new JsonObject { ["selector"] = JsonNode.Parse(Selector), ["template"] = JsonNode.Parse(Template) };
        if (serviceName is not null) spec["serviceName"] = serviceName;
        return spec.ToJsonString();
    }

    private static async Task WalkAsync(string group, string resource, string kind, string spec)
    {
        await using var server = await TestServer.StartAsync();
        var walk = Operations(server, group, resource, kind, spec);
        await walk.WalkAsync();
        await walk.WalkStatusAsync(Condition);
    }

    private static ApiOperations Operations(TestServer server, string group, string resource, string kind, string spec) => new(
        server,
        new GroupVersionResource(group, "v1", resource),
        new JsonObject { ["apiVersion"] = $"{group}/v1", ["kind"] = kind, ["spec"] = JsonNode.Parse(spec) },
        "default");
}
