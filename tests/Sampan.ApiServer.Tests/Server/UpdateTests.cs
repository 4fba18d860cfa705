using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Apps.V1;
using Sampan.Api.Autoscaling.V1;
using Sampan.Api.Core.V1;
using Sampan.Client;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Server;

public sealed class UpdateTests
{
    [Fact]
    public async Task Update_OldVersion_IsConflict()
    {
        await using var server = await StartAsync();
        var maps = server.Client.Of<ConfigMap>();
        var first = await maps.CreateAsync(NewMap(), default);
        var changed = first.DeepClone();
        changed.Data = new() { ["k"] = "2" };
        await maps.UpdateAsync(changed, default);
        var late = first.DeepClone();
        late.Data = new() { ["k"] = "3" };
        var refusal = await RefusalAsync(() => maps.UpdateAsync(late, default));
        Assert.True(refusal.IsConflict);
        Assert.Equal(
            "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes to the latest version and try again",
            refusal.Message);
    }

    [Fact]
    public async Task Update_NothingChanged_KeepsTheVersion()
    {
        await using var server = await StartAsync();
        var maps = server.Client.Of<ConfigMap>();
        var first = await maps.CreateAsync(NewMap(), default);
        Assert.Equal(first.Metadata.ResourceVersion, (await maps.UpdateAsync(first.DeepClone(), default)).Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Update_ImmutableConfigMap_IsForbidden()
    {
        await using var server = await StartAsync();
        var map = NewMap();
        map.Immutable = true;
        var changed = (await server.Client.Of<ConfigMap>().CreateAsync(map, default)).DeepClone();
        changed.Data = new() { ["k"] = "other" };
        var refusal = await RefusalAsync(() => server.Client.Of<ConfigMap>().UpdateAsync(changed, default));
        Assert.Equal(
            "ConfigMap \"a\" is invalid: data: Forbidden: field is immutable when `immutable` is set", refusal.Message);
    }

    [Fact]
    public async Task Update_SpecAndStatus_AreKeptApart()
    {
        await using var server = await StartAsync();
        var deployments = server.Client.Of<Deployment>();
        var created = await deployments.CreateAsync(NewDeployment(), default);
        Assert.Equal(1, created.Metadata.Generation);

        var change = created.DeepClone();
        change.Spec.Replicas = 4;
        change.Status.Replicas = 9;
        var updated = await deployments.UpdateAsync(change, default);
        Assert.Equal((2L, 4, 0), (updated.Metadata.Generation, updated.Spec.Replicas, updated.Status.Replicas));

        var status = updated.DeepClone();
        status.Spec.Replicas = 7;
        status.Status.Replicas = 4;
        var observed = await deployments.UpdateStatusAsync(status, default);
        Assert.Equal((2L, 4, 4), (observed.Metadata.Generation, observed.Spec.Replicas, observed.Status.Replicas));
    }

    [Fact]
    public async Task Scale_Put_ChangesReplicas()
    {
        await using var server = await StartAsync();
        await server.Client.Of<Deployment>().CreateAsync(NewDeployment(), default);
        var answer = await server.SendAsync("GET", "/apis/apps/v1/namespaces/default/deployments/web/scale");
        Assert.Equal("app=web", (string?)answer.Json["status"]!["selector"]);
        var scaled = await server.SendAsync(
            "PATCH", "/apis/apps/v1/namespaces/default/deployments/web/scale", """{"spec":{"replicas":3}}""", "application/merge-patch+json");
        Assert.Equal(200, scaled.Code);
        Assert.Equal(Scale.Info.Kind, (string?)scaled.Json["kind"]);
        Assert.Equal(3, (await server.Client.Of<Deployment>().GetAsync("default", "web", default)).Spec.Replicas);
    }

    [Theory]
    [InlineData("application/json-patch+json", """[{"op":"add","path":"/data/x","value":"1"}]""")]
    [InlineData("application/merge-patch+json", """{"data":{"x":"1"}}""")]
    [InlineData("application/strategic-merge-patch+json", """{"data":{"x":"1"}}""")]
    public async Task Patch_EachType_Applies(string type, string patch)
    {
        await using var server = await StartAsync();
        await server.Client.Of<ConfigMap>().CreateAsync(NewMap(), default);
        var answer = await server.SendAsync("PATCH", "/api/v1/namespaces/default/configmaps/a", patch, type);
        Assert.Equal(200, answer.Code);
        Assert.Equal("1", (string?)answer.Json["data"]!["x"]);
        Assert.Equal("v", (string?)answer.Json["data"]!["k"]);
    }

    [Fact]
    public async Task Patch_OtherType_Is415()
    {
        await using var server = await StartAsync();
        await server.Client.Of<ConfigMap>().CreateAsync(NewMap(), default);
        Assert.Equal(415, (await server.SendAsync("PATCH", "/api/v1/namespaces/default/configmaps/a", "{}", "text/plain")).Code);
    }

    [Fact]
    public async Task Patch_ManyAtOnce_LosesNone()
    {
        await using var server = await StartAsync();
        await server.Client.Of<ConfigMap>().CreateAsync(NewMap(), default);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() =>
            server.Client.Of<ConfigMap>().PatchAsync("default", "a", Sampan.Client.Patch.Merge(new JsonObject { ["data"] = new JsonObject { [$"k{i}"] = "v" } }), default))));
        Assert.Equal(51, (await server.Client.Of<ConfigMap>().GetAsync("default", "a", default)).Data!.Count);
    }

    [Fact]
    public async Task Update_LastFinalizerOfDeletedObject_RemovesIt()
    {
        await using var server = await StartAsync();
        var maps = server.Client.Of<ConfigMap>();
        var map = NewMap();
        map.Metadata.Finalizers = ["example.com/hold"];
        await maps.CreateAsync(map, default);
        await maps.DeleteAsync("default", "a", null, default);
        var held = await maps.GetAsync("default", "a", default);
        Assert.NotNull(held.Metadata.DeletionTimestamp);
        var free = held.DeepClone();
        free.Metadata.Finalizers = null;
        await maps.UpdateAsync(free, default);
        Assert.Null(await maps.FindAsync("default", "a", default));
    }

    private static ConfigMap NewMap() => new() { Metadata = new() { Name = "a", Namespace = "default" }, Data = new() { ["k"] = "v" } };

    private static Deployment NewDeployment() => new()
    {
        Metadata = new() { Name = "web", Namespace = "default" },
        Spec = new()
        {
            Selector = new() { MatchLabels = new() { ["app"] = "web" } },
            Template = new()
            {
                Metadata = new() { Labels = new() { ["app"] = "web" } },
                Spec = new() { Containers = [new() { Name = "c", Image = "nginx" }] },
            },
        },
    };
}
