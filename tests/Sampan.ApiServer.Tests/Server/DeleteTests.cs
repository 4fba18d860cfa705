using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Api.Policy.V1;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class DeleteTests
{
    [Fact]
    public async Task Delete_ConfigMap_AnswersWithStatus()
    {
        await using var server = await StartAsync();
        await AddMapAsync(server, "a");
        var answer = await server.SendAsync("DELETE", "/api/v1/namespaces/default/configmaps/a");
        Assert.Equal("Success", (string?)answer.Json["status"]);
        Assert.Equal("configmaps", (string?)answer.Json["details"]!["kind"]);
        Assert.Equal(404, (await server.SendAsync("GET", "/api/v1/namespaces/default/configmaps/a")).Code);
    }

    /// <summary>What clients get back from a deletion: of these kinds the object, of all others a Status.</summary>
    [Fact]
    public async Task Delete_SomeKinds_AnswerWithTheObject()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal(
            [
                "csidrivers", "csinodes", "deviceclasses", "persistentvolumeclaims", "persistentvolumes", "pods", "podtemplates", "resourceclaims",
                "resourceclaimtemplates", "resourcequotas", "resourceslices", "serviceaccounts", "services", "storageclasses", "volumeattachments",
                "volumeattributesclasses",
            ],
            server.Catalog.All.Where(resource => resource.Strategy.ReturnDeletedObject).Select(resource => resource.Kind.Plural).Distinct().Order(StringComparer.Ordinal));
        await server.SendAsync("POST", "/api/v1/namespaces/default/resourcequotas", """{"metadata":{"name":"q"},"spec":{"hard":{"pods":"1"}}}""");
        var answer = await server.SendAsync("DELETE", "/api/v1/namespaces/default/resourcequotas/q");
        Assert.Equal((200, "ResourceQuota", "1"), (answer.Code, (string?)answer.Json["kind"], (string?)answer.Json["spec"]!["hard"]!["pods"]));
    }

    [Fact]
    public async Task Delete_OtherUid_IsConflict()
    {
        await using var server = await StartAsync();
        await AddMapAsync(server, "a");
        var options = new DeleteOptions { Preconditions = new() { Uid = "other" } };
        Assert.True((await RefusalAsync(() => server.Client.Of<ConfigMap>().DeleteAsync("default", "a", options, default))).IsConflict);
    }

    [Theory]
    [InlineData("Foreground", "foregroundDeletion")]
    [InlineData("Orphan", "orphan")]
    public async Task Delete_Propagation_AddsFinalizer(string policy, string finalizer)
    {
        await using var server = await StartAsync();
        await AddMapAsync(server, "a");
        await server.Client.Of<ConfigMap>().DeleteAsync("default", "a", new DeleteOptions { PropagationPolicy = policy }, default);
        var marked = await server.Client.Of<ConfigMap>().GetAsync("default", "a", default);
        Assert.Equal([finalizer], marked.Metadata.Finalizers);
        Assert.NotNull(marked.Metadata.DeletionTimestamp);
    }

    [Fact]
    public async Task Delete_UnscheduledPod_IsAtOnce()
    {
        await using var server = await StartAsync();
        await AddPodAsync(server);
        await server.Client.Of<Pod>().DeleteAsync("default", "p", null, default);
        Assert.Null(await server.Client.Of<Pod>().FindAsync("default", "p", default));
    }

    [Fact]
    public async Task Delete_BoundPod_WaitsForTheKubelet()
    {
        await using var server = await StartAsync();
        await AddPodAsync(server);
        await BindAsync(server);
        var pods = server.Client.Of<Pod>();
        await pods.DeleteAsync("default", "p", null, default);
        var dying = await pods.GetAsync("default", "p", default);
        Assert.Equal(30, dying.Metadata.DeletionGracePeriodSeconds);
        Assert.Equal(2, dying.Metadata.Generation);

        await pods.DeleteAsync("default", "p", new DeleteOptions { GracePeriodSeconds = 5 }, default);
        Assert.Equal(5, (await pods.GetAsync("default", "p", default)).Metadata.DeletionGracePeriodSeconds);

        await pods.DeleteAsync("default", "p", new DeleteOptions { GracePeriodSeconds = 0 }, default);
        Assert.Null(await pods.FindAsync("default", "p", default));
    }

    [Fact]
    public async Task Binding_Twice_IsConflict()
    {
        await using var server = await StartAsync();
        await AddPodAsync(server);
        await BindAsync(server);
        var refusal = await RefusalAsync(() => BindAsync(server));
        Assert.Equal(
            "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to node \"n1\"", refusal.Message);
    }

    [Fact]
    public async Task Eviction_BudgetExhausted_IsTooManyRequests()
    {
        await using var server = await StartAsync();
        var pod = await AddPodAsync(server);
        var running = pod.DeepClone();
        running.Status.Phase = "Running";
        running.Status.Conditions = [new() { Type = "Ready", Status = "True" }];
        await server.Client.Of<Pod>().UpdateStatusAsync(running, default);
        await server.Client.Of<PodDisruptionBudget>().CreateAsync(
            new PodDisruptionBudget
            {
                Metadata = new() { Name = "b", Namespace = "default" },
                Spec = new() { MinAvailable = 1, Selector = new() { MatchLabels = new() { ["app"] = "p" } } },
            },
            default);
        var eviction = new Eviction { Metadata = new() { Name = "p", Namespace = "default" } };
        var refusal = await RefusalAsync(() =>
            server.Client.Of<Pod>().CreateSubresourceAsync<Eviction, Status>("default", "p", "eviction", eviction, default));
        Assert.True(refusal.IsTooManyRequests);
        Assert.Equal("Cannot evict pod as it would violate the pod's disruption budget.", refusal.Message);
    }

    [Fact]
    public async Task DeleteCollection_WithSelector_DeletesTheSelected()
    {
        await using var server = await StartAsync();
        foreach (var (name, app) in new[] { ("a", "x"), ("b", "x"), ("c", "y") })
        {
            var map = await AddMapAsync(server, name, app);
            Assert.NotNull(map);
        }
        var answer = await server.SendAsync("DELETE", "/api/v1/namespaces/default/configmaps?labelSelector=app%3Dx");
        Assert.Equal(2, answer.Json["items"]!.AsArray().Count);
        var left = await server.Client.Of<ConfigMap>().ListAsync("default", default);
        Assert.Equal(["c"], left.Items.Select(one => one.Metadata.Name));
    }

    [Fact]
    public async Task Delete_Namespace_IsFinalizedByItsController()
    {
        await using var server = await StartAsync();
        var namespaces = server.Client.Of<Namespace>();
        await namespaces.CreateAsync(new Namespace { Metadata = new() { Name = "web" } }, default);
        await namespaces.DeleteAsync(null, "web", null, default);
        var dying = await namespaces.GetAsync(null, "web", default);
        Assert.Equal("Terminating", dying.Status.Phase);
        var refusal = await RefusalAsync(() => server.Client.Of<ConfigMap>().CreateAsync(
            new ConfigMap { Metadata = new() { Name = "a", Namespace = "web" } }, default));
        Assert.Equal(
            "configmaps \"a\" is forbidden: unable to create new content in namespace web because it is being terminated", refusal.Message);
        Assert.True(refusal.HasCause("NamespaceTerminating"));

        var empty = dying.DeepClone();
        empty.Spec.Finalizers = null;
        await namespaces.ReplaceAsync(empty, "finalize", null, default);
        Assert.Null(await namespaces.FindAsync(null, "web", default));
    }

    [Fact]
    public async Task Delete_ImmortalNamespace_IsForbidden()
    {
        await using var server = await StartAsync();
        var refusal = await RefusalAsync(() => server.Client.Of<Namespace>().DeleteAsync(null, "kube-system", null, default));
        Assert.Equal("namespaces \"kube-system\" is forbidden: this namespace may not be deleted", refusal.Message);
    }

    private static Task<ConfigMap> AddMapAsync(TestServer server, string name, string app = "x") => server.Client.Of<ConfigMap>().CreateAsync(
        new ConfigMap { Metadata = new() { Name = name, Namespace = "default", Labels = new() { ["app"] = app } } }, default);

    private static async Task<Pod> AddPodAsync(TestServer server)
    {
        await server.AddDefaultAccountAsync();
        return await server.Client.Of<Pod>().CreateAsync(
            new Pod
            {
                Metadata = new() { Name = "p", Namespace = "default", Labels = new() { ["app"] = "p" } },
                Spec = new() { Containers = [new() { Name = "c", Image = "busybox" }] },
            },
            default);
    }

    private static Task<Status> BindAsync(TestServer server) => server.Client.Of<Pod>().CreateSubresourceAsync<Binding, Status>(
        "default", "p", "binding", new Binding { Metadata = new() { Name = "p", Namespace = "default" }, Target = new() { Kind = "Node", Name = "n1" } }, default);
}
