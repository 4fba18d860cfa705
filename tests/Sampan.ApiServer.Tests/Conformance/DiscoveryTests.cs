using System.Text.Json.Nodes;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Conformance;

/// <summary>What a client learns about a server before it asks for objects.</summary>
public sealed class DiscoveryTests
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    [Fact]
    public async Task Aggregated_ThroughTheInterface_HasGroupsVersionsAndResources()
    {
        await using var server = await TestServer.StartAsync();
        var groups = (await server.SendAsync("GET", "/apis", accept: Aggregated)).Json["items"]!.AsArray();
        foreach (var name in (string[])["admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io", "apps", "authentication.k8s.io",
            "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "events.k8s.io",
            "networking.k8s.io", "node.k8s.io", "policy", "scheduling.k8s.io"])
            Assert.Contains(groups, group => (string?)group!["metadata"]!["name"] == name);
        Assert.Superset(
            new HashSet<string?> { "daemonsets", "deployments", "replicasets", "statefulsets", "controllerrevisions" },
            Resources(groups.Single(group => (string?)group!["metadata"]!["name"] == "apps")!));
        var core = (await server.SendAsync("GET", "/api", accept: Aggregated)).Json["items"]!.AsArray().Single()!;
        Assert.Superset(new HashSet<string?> { "pods", "services", "configmaps", "namespaces", "nodes" }, Resources(core));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/apis")]
    public async Task Aggregated_EveryAcceptHeader_AnswersAsAsked(string path)
    {
        await using var server = await TestServer.StartAsync();
        var aggregated = await server.SendAsync("GET", path, accept: Aggregated);
        Assert.Equal((200, Aggregated), (aggregated.Code, aggregated.Headers.ContentType.ToString()));
        var preferred = await server.SendAsync("GET", path, accept: $"{Aggregated},application/json");
        Assert.Equal(Aggregated, preferred.Headers.ContentType.ToString());
        var plain = await server.SendAsync("GET", path, accept: "application/json");
        Assert.Equal("application/json", plain.Headers.ContentType.ToString());
        Assert.Contains((string?)plain.Json["kind"], (string[])["APIVersions", "APIGroupList"]);
    }

    [Fact]
    public async Task Groups_Each_HaveAVersionWithItsResource()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var (version, resource) in ((string, string)[])[
            ("apiregistration.k8s.io/v1", "apiservices"), ("events.k8s.io/v1", "events"), ("authentication.k8s.io/v1", "tokenreviews"),
            ("authorization.k8s.io/v1", "selfsubjectrulesreviews"), ("autoscaling/v2", "horizontalpodautoscalers"), ("batch/v1", "jobs"),
            ("certificates.k8s.io/v1", "certificatesigningrequests"), ("networking.k8s.io/v1", "ingresses"), ("policy/v1", "poddisruptionbudgets"),
            ("rbac.authorization.k8s.io/v1", "clusterroles"), ("storage.k8s.io/v1", "storageclasses"), ("apiextensions.k8s.io/v1", "customresourcedefinitions"),
            ("scheduling.k8s.io/v1", "priorityclasses"), ("coordination.k8s.io/v1", "leases"), ("discovery.k8s.io/v1", "endpointslices"),
            ("flowcontrol.apiserver.k8s.io/v1", "flowschemas")])
        {
            var list = (await server.SendAsync("GET", $"/apis/{version}")).Json;
            Assert.Equal(version, (string?)list["groupVersion"]);
            Assert.Contains(list["resources"]!.AsArray(), one => (string?)one!["name"] == resource);
        }
    }

    [Fact]
    public async Task Groups_Each_PreferAVersionThatTheyServe()
    {
        await using var server = await TestServer.StartAsync();
        foreach (var listed in (await server.SendAsync("GET", "/apis")).Json["groups"]!.AsArray())
        {
            var group = (await server.SendAsync("GET", $"/apis/{listed!["name"]}")).Json;
            var preferred = (string?)group["preferredVersion"]!["groupVersion"];
            Assert.Equal((string?)listed["preferredVersion"]!["groupVersion"], preferred);
            Assert.Contains(group["versions"]!.AsArray(), version => (string?)version!["groupVersion"] == preferred);
        }
    }

    [Fact]
    public async Task Version_Asked_HasMajorAndMinor()
    {
        await using var server = await TestServer.StartAsync();
        var version = (await server.SendAsync("GET", "/version")).Json;
        Assert.Equal(("1", "36"), ((string?)version["major"], (string?)version["minor"]));
    }

    [Fact]
    public async Task Table_OfAReviewThatHasNone_IsNotAcceptable()
    {
        await using var server = await TestServer.StartAsync();
        const string Review = """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",
             "spec":{"resourceAttributes":{"namespace":"default","verb":"get","resource":"pods"}}}
            """;
        var answer = await server.SendAsync("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", Review, accept: "application/json;as=Table;v=v1;g=meta.k8s.io");
        Assert.Equal((406, "NotAcceptable"), (answer.Code, answer.Reason));
    }

    private static HashSet<string?> Resources(JsonNode group) =>
        [.. group["versions"]!.AsArray().SelectMany(version => version!["resources"]!.AsArray()).Select(resource => (string?)resource!["resource"])];
}
