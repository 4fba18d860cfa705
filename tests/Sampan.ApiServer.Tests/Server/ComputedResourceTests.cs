using System.Text.Json.Nodes;
using Sampan.Api;
using Sampan.Api.Meta.V1;
using Sampan.Api.Metrics.V1Beta1;

namespace Sampan.ApiServer.Tests.Server;

/// <summary>metrics.k8s.io, whose objects another component knows.</summary>
public sealed class ComputedResourceTests
{
    private static readonly IReadOnlyList<IObject> Pods = [Usage("default", "p", "web", "250m"), Usage("other", "q", "db", "1")];

    [Fact]
    public async Task List_NamespaceAndSelectors_Choose()
    {
        await using var server = await StartAsync();
        var pods = server.Client.Of<PodMetrics>();
        Assert.Equal(["p", "q"], (await pods.ListAsync(null, default)).Items.Select(p => p.Metadata.Name));
        Assert.Equal(["q"], (await pods.ListAsync("other", default)).Items.Select(p => p.Metadata.Name));
        Assert.Equal(["q"], (await pods.ListAsync(null, new ListOptions { LabelSelector = "app=db" }, default)).Items.Select(p => p.Metadata.Name));
        Assert.Equal(["p"], (await pods.ListAsync(null, new ListOptions { FieldSelector = "metadata.namespace=default" }, default)).Items.Select(p => p.Metadata.Name));
    }

    [Fact]
    public async Task Get_OnlyInItsNamespace_IsThere()
    {
        await using var server = await StartAsync();
        var pods = server.Client.Of<PodMetrics>();
        Assert.Equal("250m", (await pods.GetAsync("default", "p", default)).Containers.Single().Usage["cpu"].ToString());
        Assert.Null(await pods.FindAsync("other", "p", default));
        var refused = await Assert.ThrowsAsync<StatusException>(() => pods.CreateAsync(new PodMetrics { Metadata = new() { Name = "x", Namespace = "default" } }, default));
        Assert.Equal(405, refused.Code);
    }

    [Fact]
    public async Task Discovery_OnlyWhereConfigured_NamesTheGroup()
    {
        await using var with = await StartAsync();
        await using var without = await TestServer.StartAsync();
        var group = JsonNode.Parse((await with.Client.GetRawAsync("/apis/metrics.k8s.io/v1beta1", default)).Span)!;
        Assert.Equal(["nodes NodeMetrics", "pods PodMetrics"], group["resources"]!.AsArray().Select(r => $"{r!["name"]} {r["kind"]}").Order());
        var missing = await Assert.ThrowsAsync<StatusException>(() => without.Client.GetRawAsync("/apis/metrics.k8s.io/v1beta1", default));
        Assert.Equal(404, missing.Code);
    }

    [Fact]
    public async Task Table_Pods_AddsUpTheContainers()
    {
        await using var server = await StartAsync();
        var answer = await server.Client.Transport.SendAsync(
            new() { Verb = "get", RawPath = "/apis/metrics.k8s.io/v1beta1/namespaces/default/pods", Form = Client.ObjectForm.Raw, Accept = "application/json;as=Table;v=v1;g=meta.k8s.io" },
            default);
        var table = JsonNode.Parse(answer.Body.Span)!;
        Assert.Equal(["Name", "cpu", "memory", "Window"], table["columnDefinitions"]!.AsArray().Select(c => (string)c!["name"]!));
        Assert.Equal(["p", "250m", "64Mi", "5s"], table["rows"]![0]!["cells"]!.AsArray().Select(c => (string)c!));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(options => options with
    {
        ComputedResources = [new(NodeMetrics.Info, () => []), new(PodMetrics.Info, () => Pods)],
    });

    private static PodMetrics Usage(string ns, string name, string app, string cpu) => new()
    {
        Metadata = new() { Namespace = ns, Name = name, Labels = new() { ["app"] = app } },
        Timestamp = new Time(DateTimeOffset.UnixEpoch),
        Window = TimeSpan.FromSeconds(5),
        Containers = [new() { Name = "c", Usage = new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse("64Mi") } }],
    };
}
