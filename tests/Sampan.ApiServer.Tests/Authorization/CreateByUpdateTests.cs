using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Coordination.V1;
using Sampan.Api.Core.V1;
using Sampan.Api.Rbac.V1;
using Sampan.ApiServer.Tests.Server;
using Sampan.Client;

namespace Sampan.ApiServer.Tests.Authorization;

/// <summary>Who may patch or update objects may not for that reason create them.</summary>
public sealed class CreateByUpdateTests
{
    private const string User = "panda";

    [Fact]
    public async Task Apply_AbsentObject_NeedsCreateToo()
    {
        await using var server = await StartAsync();
        Assert.StartsWith("configmaps \"c\" is forbidden: User \"panda\" cannot patch resource \"configmaps\" in API group \"\" in the namespace \"default\"", await ApplyAsync(server), StringComparison.Ordinal);
        await AllowAsync(server, "patch");
        Assert.StartsWith(
            "configmaps \"c\" is forbidden: User \"panda\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\"",
            await ApplyAsync(server), StringComparison.Ordinal);
        Assert.Null(await server.Client.Of<ConfigMap>().FindAsync("default", "c", default));
        await AllowAsync(server, "create");
        Assert.Equal("", await ApplyAsync(server));
        Assert.Equal("", await ApplyAsync(server));
    }

    [Fact]
    public async Task Update_AbsentLease_NeedsCreateToo()
    {
        await using var server = await StartAsync();
        await AllowAsync(server, "update");
        Assert.StartsWith(
            "leases.coordination.k8s.io \"l\" is forbidden: User \"panda\" cannot create resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"default\"",
            await UpdateAsync(server), StringComparison.Ordinal);
        await AllowAsync(server, "create");
        Assert.Equal("", await UpdateAsync(server));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(new AuthorizationOptions { EnsureDefaultPolicy = false });

    private static Task<string> ApplyAsync(TestServer server) => RefusalAsync(() => server.ClientOf(User).Of<ConfigMap>().PatchAsync(
        "default", "c", Client.Patch.Apply(JsonNode.Parse("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}}""")!, "m"), default));

    private static Task<string> UpdateAsync(TestServer server) => RefusalAsync(() =>
        server.ClientOf(User).Of<Lease>().UpdateAsync(new Lease { Metadata = new() { Name = "l", Namespace = "default" } }, default));

    private static async Task<string> RefusalAsync(Func<Task> action)
    {
        try
        {
            await action();
            return "";
        }
        catch (StatusException refusal) when (refusal.Code == 403)
        {
            return refusal.Message;
        }
    }

    private static Task AllowAsync(TestServer server, string verb) =>
        server.Client.GrantAsync($"can-{verb}", "User", User, new PolicyRule { Verbs = [verb], ApiGroups = ["*"], Resources = ["configmaps", "leases"] });
}
