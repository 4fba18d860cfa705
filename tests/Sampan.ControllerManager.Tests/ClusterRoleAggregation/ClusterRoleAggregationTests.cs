using Sampan.Api.Rbac.V1;
using Sampan.ControllerManager.ClusterRoleAggregation;

namespace Sampan.ControllerManager.Tests.ClusterRoleAggregation;

public sealed class ClusterRoleAggregationTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    private string Rules => string.Join(' ', Api.Find<ClusterRole>("", "view")!.Rules.OrEmpty().Select(r => r.Resources![0]));

    [Fact]
    public async Task Reconcile_RolesOfTheLabels_MakeUpTheirSum()
    {
        Put("b", "pods");
        Put("a", "services");
        Put("twin", "pods");
        Put("other", "secrets", labelled: false);
        Api.Put(new ClusterRole
        {
            Metadata = new() { Name = "view" },
            AggregationRule = new() { ClusterRoleSelectors = [new() { MatchLabels = new() { ["to-view"] = "true" } }] },
        });
        await _harness.StartAsync(c => new ClusterRoleAggregationController(c));
        await _harness.UntilAsync(() => Rules == "services pods", "each rule once, by the names of their roles");
        Put("c", "configmaps");
        await _harness.UntilAsync(() => Rules == "services pods configmaps", "a new role's rule joins");
        Api.Remove<ClusterRole>("", "a");
        await _harness.UntilAsync(() => Rules == "pods configmaps", "a role takes its rule along");
    }

    [Fact]
    public async Task Reconcile_Sum_IsApplied()
    {
        Put("a", "pods");
        Api.Put(new ClusterRole { Metadata = new() { Name = "view" }, AggregationRule = new() { ClusterRoleSelectors = [new() { MatchLabels = new() { ["to-view"] = "true" } }] } });
        await _harness.StartAsync(c => new ClusterRoleAggregationController(c));
        await _harness.UntilAsync(() => Rules == "pods", "the sum");
        var write = Assert.Single(Api.Writes);
        Assert.Equal(MediaTypes.ApplyYaml, write.Content!.Encode(WireFormat.Json).MediaType);
        Assert.Contains(write.Query, q => q is { Key: "fieldManager", Value: "clusterrole-aggregation-controller" });
        Assert.Contains(write.Query, q => q is { Key: "force", Value: "true" });
    }

    [Theory]
    [InlineData("view")]
    [InlineData("plain")]
    public async Task Reconcile_ItselfOrARoleWithoutRule_IsLeftAlone(string name)
    {
        Api.Put(new ClusterRole
        {
            Metadata = new() { Name = name, Labels = new() { ["to-view"] = "true" } },
            AggregationRule = name == "view" ? new() { ClusterRoleSelectors = [new() { MatchLabels = new() { ["to-view"] = "true" } }] } : null,
        });
        await _harness.StartAsync(c => new ClusterRoleAggregationController(c));
        await _harness.SettleAsync();
        Assert.Empty(Api.Writes);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private void Put(string name, string resource, bool labelled = true) => Api.Put(new ClusterRole
    {
        Metadata = new() { Name = name, Labels = labelled ? new() { ["to-view"] = "true" } : null },
        Rules = [new() { ApiGroups = [""], Resources = [resource], Verbs = ["get"] }],
    });
}
