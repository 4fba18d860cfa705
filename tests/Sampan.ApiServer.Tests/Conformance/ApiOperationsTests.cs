using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.ApiServer.Tests.Lifecycle;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>The resources whose conformance behaviour is that every operation works.</summary>
public sealed class ApiOperationsTests
{
    private const string Condition = """
        {"status":{"conditions":[{"type":"PatchStatusFailed","status":"False","reason":"Walk","message":"patched","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
        """;

    [Fact]
    public async Task FlowSchema_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        var walk = new ApiOperations(server, FlowControl("flowschemas"), Object("FlowSchema", "flowcontrol.apiserver.k8s.io/v1", """
            {"matchingPrecedence":10000,"priorityLevelConfiguration":{"name":"exempt"},"distinguisherMethod":{"type":"ByUser"},
             "rules":[{"subjects":[{"kind":"User","user":{"name":"example-e2e-non-existent-user"}}],
                       "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]}]}
            """));
        await walk.WalkAsync();
        await walk.WalkStatusAsync(Condition);
    }

    [Fact]
    public async Task PriorityLevelConfiguration_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        var walk = new ApiOperations(server, FlowControl("prioritylevelconfigurations"), Object("PriorityLevelConfiguration", "flowcontrol.apiserver.k8s.io/v1", """
            {"type":"Limited","limited":{"nominalConcurrencyShares":2,"limitResponse":{"type":"Reject"}}}
            """));
        await walk.WalkAsync();
        await walk.WalkStatusAsync(Condition);
    }

    [Fact]
    public async Task ValidatingAdmissionPolicy_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        var walk = new ApiOperations(server, Admission("validatingadmissionpolicies"), Object("ValidatingAdmissionPolicy", "admissionregistration.k8s.io/v1", """
            {"failurePolicy":"Fail",
             "matchConstraints":{"resourceRules":[{"apiGroups":["apps"],"apiVersions":["v1"],"resources":["deployments"],"operations":["CREATE"]}]},
             "validations":[{"expression":"object.spec.replicas <= 100"}]}
            """));
        await walk.WalkAsync();
        await walk.WalkStatusAsync(Condition);
    }

    [Fact]
    public async Task ValidatingAdmissionPolicyBinding_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        await new ApiOperations(server, Admission("validatingadmissionpolicybindings"), Object("ValidatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1", """
            {"policyName":"replicalimit-policy.example.com","validationActions":["Deny"]}
            """)).WalkAsync();
    }

    [Fact]
    public async Task MutatingAdmissionPolicy_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        await new ApiOperations(server, Admission("mutatingadmissionpolicies"), Object("MutatingAdmissionPolicy", "admissionregistration.k8s.io/v1", """
            {"failurePolicy":"Fail","reinvocationPolicy":"Never",
             "matchConstraints":{"resourceRules":[{"apiGroups":["apps"],"apiVersions":["v1"],"resources":["deployments"],"operations":["CREATE"]}]},
             "mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{metadata: Object.metadata{labels: {\"a\": \"b\"}}}"}}]}
            """)).WalkAsync();
    }

    [Fact]
    public async Task MutatingAdmissionPolicyBinding_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        await new ApiOperations(server, Admission("mutatingadmissionpolicybindings"), Object("MutatingAdmissionPolicyBinding", "admissionregistration.k8s.io/v1", """
            {"policyName":"label-policy.example.com"}
            """)).WalkAsync();
    }

    [Fact]
    public async Task Event_EveryOperation_Works()
    {
        await using var server = await TestServer.StartAsync();
        var example = LifecycleTests.Read("events.Event");
        var resource = new GroupVersionResource("events.k8s.io", "v1", "events");
        await new ApiOperations(server, resource, example, "default").WalkAsync();

        var events = server.Client.Dynamic(resource);
        example["metadata"]!["namespace"] = "default";
        await events.CreateAsync(example, default);
        var chosen = new ListOptions { FieldSelector = "reportingController=example.com/controller" };
        Assert.Single((await events.ListAsync("default", chosen, default)).Items);
        var patched = await events.PatchAsync("default", "sample", Client.Patch.StrategicMerge(JsonNode.Parse(Series(2))!), default);
        Assert.Equal(2, (int)patched["series"]!["count"]!);
        var changed = patched.DeepClone().AsObject();
        changed["series"]!["count"] = 100;
        var replaced = await events.UpdateAsync(changed, default);
        Assert.Equal((100, "2026-01-02T03:04:05.505050Z"), ((int)replaced["series"]!["count"]!, (string)replaced["series"]!["lastObservedTime"]!));
    }

    [Fact]
    public async Task WebhookConfigurations_InDiscovery_AreAtEveryLevel()
    {
        await using var server = await TestServer.StartAsync();
        var group = (await server.SendAsync("GET", "/apis")).Json["groups"]!.AsArray().Single(one => (string?)one!["name"] == "admissionregistration.k8s.io")!;
        Assert.Contains(group["versions"]!.AsArray(), version => (string?)version!["groupVersion"] == "admissionregistration.k8s.io/v1");
        var resources = (await server.SendAsync("GET", "/apis/admissionregistration.k8s.io/v1")).Json["resources"]!.AsArray().Select(one => (string?)one!["name"]);
        Assert.Superset(new HashSet<string?> { "mutatingwebhookconfigurations", "validatingwebhookconfigurations" }, resources.ToHashSet());
    }

    private static string Series(int count) => $$"""{"series":{"count":{{count}},"lastObservedTime":"2026-01-02T03:04:05.505050Z"} }""";

    private static GroupVersionResource FlowControl(string resource) => new("flowcontrol.apiserver.k8s.io", "v1", resource);

    private static GroupVersionResource Admission(string resource) => new("admissionregistration.k8s.io", "v1", resource);

    private static JsonObject Object(string kind, string apiVersion, string spec) =>
        new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["spec"] = JsonNode.Parse(spec) };
}
