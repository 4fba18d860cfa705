using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.ApiServer.Tests.Server;

namespace Sampan.ApiServer.Tests.Lifecycle;

/// <summary>
/// What holds for all kinds but those named here, which are older than the rule. Upstream: test/integration/apiserver/apidefinitions.
/// </summary>
public sealed class DefinitionTests
{
    private const string Merge = "application/merge-patch+json";

    private static readonly HashSet<string> CreatedByUpdate =
        ["ClusterRole", "ClusterRoleBinding", "Endpoints", "Event", "Lease", "LimitRange", "Role", "RoleBinding", "RuntimeClass", "Service"];

    /// <summary>Their names say what they are of.</summary>
    private static readonly HashSet<string> NamedByTheirContent = ["APIService", "CustomResourceDefinition", "IPAddress"];

    private static readonly HashSet<string> OrphaningByDefault = ["Job", "ReplicationController"];

    private static readonly HashSet<string> WithoutGeneration =
    [
        "APIService", "CertificateSigningRequest", "HorizontalPodAutoscaler", "Namespace", "Node", "PersistentVolume", "PersistentVolumeClaim",
        "ResourceClaim", "ResourceQuota", "Service", "ServiceCIDR", "VolumeAttachment",
    ];

    private static readonly HashSet<string> StatusTakesLabels =
    [
        "CertificateSigningRequest", "CronJob", "CustomResourceDefinition", "DaemonSet", "HorizontalPodAutoscaler", "Ingress", "Job", "Namespace", "Node",
        "PersistentVolume", "PersistentVolumeClaim", "Pod", "PodDisruptionBudget", "ReplicaSet", "ReplicationController", "ResourceQuota", "Service",
        "StatefulSet",
    ];

    /// <summary>Appliers of their status own labels although, or do not although, writers of the status change them.</summary>
    private static readonly HashSet<string> AppliedOtherwise = ["CustomResourceDefinition", "ServiceCIDR"];

    public static TheoryData<string> Samples => LifecycleTests.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Serve_Kind_KeepsTheRulesOfAll(string sample)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var obj = LifecycleTests.Read(sample);
        var kind = ObjectLife.KindOf(obj);
        var collection = ObjectLife.Collection(kind);
        var path = $"{collection}/{(string)obj["metadata"]!["name"]!}";

        await UpdateOfNothingAsync(server, kind, obj, path);
        await GenerateNameAsync(server, kind, obj, collection);
        var created = await server.SendAsync("POST", collection, obj.ToJsonString());
        Assert.True(created.Code == 201, created.Text);
        if (kind.Subresources.Any(part => part.Name == "status"))
        {
            Assert.Equal(WithoutGeneration.Contains(kind.Kind) ? null : 1, (int?)created.Json["metadata"]!["generation"]);
            await WriteStatusAsync(server, kind, path, (int?)created.Json["metadata"]!["generation"]);
            await ApplyStatusAsync(server, kind, obj, path);
        }
        await DeleteAsync(server, kind, path);
    }

    private static async Task UpdateOfNothingAsync(TestServer server, KindInfo kind, JsonObject obj, string path)
    {
        var answer = await server.SendAsync("PUT", path, obj.ToJsonString());
        Assert.True(answer.Code == (CreatedByUpdate.Contains(kind.Kind) ? 201 : 404), answer.Text);
        if (answer.Code == 201)
        {
            Assert.Equal(200, (await server.SendAsync("DELETE", path)).Code);
        }
    }

    /// <summary>The object goes at once however long it is given: only kubelets need time.</summary>
    private static async Task GenerateNameAsync(TestServer server, KindInfo kind, JsonObject obj, string collection)
    {
        var nameless = obj.DeepClone().AsObject();
        nameless["metadata"]!.AsObject().Remove("name");
        nameless["metadata"]!["generateName"] = "rules-";
        var answer = await server.SendAsync("POST", collection, nameless.ToJsonString());
        if (NamedByTheirContent.Contains(kind.Kind))
        {
            Assert.Equal(422, answer.Code);
            return;
        }
        Assert.True(answer.Code == 201, answer.Text);
        var name = (string)answer.Json["metadata"]!["name"]!;
        Assert.Matches("^rules-[a-z0-9]{5}$", name);
        Assert.Equal(200, (await server.SendAsync("DELETE", $"{collection}/{name}", """{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":30}""")).Code);
        var left = await server.SendAsync("GET", $"{collection}/{name}");
        Assert.True(left.Code == 404 || kind.Kind == "Pod" || (long?)left.Json["metadata"]!["deletionGracePeriodSeconds"] is null or 0, left.Text);
    }

    private static async Task WriteStatusAsync(TestServer server, KindInfo kind, string path, int? generation)
    {
        var answer = await server.SendAsync("PATCH", path + "/status", """{"metadata":{"labels":{"written":"yes"}}}""", Merge);
        Assert.True(answer.Code == 200, answer.Text);
        Assert.Equal(StatusTakesLabels.Contains(kind.Kind) ? "yes" : null, (string?)answer.Json["metadata"]!["labels"]?["written"]);
        Assert.Equal(generation, (int?)answer.Json["metadata"]!["generation"]);
    }

    /// <summary>Who applies to a status owns of the labels what writers of the status can change.</summary>
    private static async Task ApplyStatusAsync(TestServer server, KindInfo kind, JsonObject obj, string path)
    {
        var applied = new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion,
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = (string?)obj["metadata"]!["name"], ["labels"] = new JsonObject { ["applied"] = "yes" } },
        };
        var answer = await server.SendAsync(
            "PATCH", path + "/status?fieldManager=rules&force=true", applied.ToJsonString(), "application/apply-patch+yaml");
        Assert.True(answer.Code == 200, answer.Text);
        var own = answer.Json["metadata"]!["managedFields"]!.AsArray().FirstOrDefault(entry => (string?)entry!["manager"] == "rules");
        var ownsLabel = own?["fieldsV1"]?["f:metadata"]?["f:labels"]?["f:applied"] is not null;
        Assert.Equal(StatusTakesLabels.Contains(kind.Kind) != AppliedOtherwise.Contains(kind.Kind), ownsLabel);
    }

    /// <summary>Dependents go in the background unless the deletion says otherwise; what owns nothing waits for nobody.</summary>
    private static async Task DeleteAsync(TestServer server, KindInfo kind, string path)
    {
        var held = await server.SendAsync("PATCH", path, """{"metadata":{"finalizers":["example.com/block"]}}""", Merge);
        Assert.True(held.Code == 200, held.Text);
        Assert.Equal(200, (await server.SendAsync("DELETE", path)).Code);
        var finalizers = await FinalizersAsync(server, path);
        Assert.Equal(OrphaningByDefault.Contains(kind.Kind), finalizers.Contains("orphan"));
        Assert.DoesNotContain("foregroundDeletion", finalizers);
        Assert.Equal(200, (await server.SendAsync("DELETE", path + "?propagationPolicy=Foreground")).Code);
        finalizers = await FinalizersAsync(server, path);
        Assert.Equal(kind.Kind != "Event", finalizers.Contains("foregroundDeletion"));
        Assert.DoesNotContain("orphan", finalizers);
    }

    private static async Task<List<string>> FinalizersAsync(TestServer server, string path) =>
        [.. (await server.SendAsync("GET", path)).Json["metadata"]!["finalizers"]!.AsArray().Select(name => (string)name!)];
}
