using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Testing;

namespace Sampan.Integration.Tests.Scheduling;

public sealed class LimitRangeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LimitRanges_ListedPatchedDeletedTogether_ByLabel()
    {
        await using var cluster = await TestCluster.StartAsync(new TestClusterOptions { Nodes = 0, Controllers = false, Scheduler = false }, Ct);
        await cluster.Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = "other" } }, Ct);
        var ranges = cluster.Client.Of<LimitRange>();
        foreach (var ns in new[] { "default", "other" }) await ranges.CreateAsync(Range(ns), Ct);
        var chosen = new ListOptions { LabelSelector = "set=test" };
        Assert.Equal(2, (await ranges.ListAsync(null, chosen, Ct)).Items.Count);

        var patch = new JsonObject { ["spec"] = new JsonObject { ["limits"] = new JsonArray(new JsonObject { ["type"] = "Container", ["max"] = new JsonObject { ["cpu"] = "2" } }) } };
        var patched = await ranges.PatchAsync("default", "limits", Patch.Merge(patch), Ct);
        Assert.Equal(Quantity.Parse("2"), patched.Spec.Limits[0].Max!["cpu"]);

        await ranges.DeleteCollectionAsync("default", null, chosen, Ct);
        Assert.Equal("other", Assert.Single((await ranges.ListAsync(null, chosen, Ct)).Items).Metadata.Namespace);
    }

    private static LimitRange Range(string ns) => new()
    {
        Metadata = new ObjectMeta { Namespace = ns, Name = "limits", Labels = new() { ["set"] = "test" } },
        Spec = new LimitRangeSpec { Limits = [new LimitRangeItem { Type = "Container", Max = new() { ["cpu"] = Quantity.Parse("1") } }] },
    };
}
