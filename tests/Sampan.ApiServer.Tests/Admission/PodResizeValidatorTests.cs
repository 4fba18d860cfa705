using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Tests.Server;
using static Sampan.ApiServer.Tests.Server.TestServer;

namespace Sampan.ApiServer.Tests.Admission;

/// <summary>Upstream: TestResizeAdmission of plugin/pkg/admission/podresize.</summary>
public sealed class PodResizeValidatorTests
{
    [Theory]
    [InlineData("linux-node", "2", "1Gi", null)]
    [InlineData("any-node", "2", "1Gi", null)]
    [InlineData("linux-node", "1", "2Gi", null)]
    [InlineData("", "10", "1Gi", null)]
    [InlineData("linux-node", "10", "1Gi", "node didn't have enough allocatable resources: cpu, requested: 10000, allocatable: 4000")]
    [InlineData("linux-node", "1", "10Gi", "node didn't have enough allocatable resources: memory, requested: 10737418240, allocatable: 8589934592")]
    [InlineData("linux-node", "10", "10Gi", "node didn't have enough allocatable resources: cpu, requested: 10000, allocatable: 4000; memory, requested: 10737418240, allocatable: 8589934592")]
    [InlineData("windows-node", "2", "1Gi", "pod resize is only supported on linux nodes, node \"windows-node\" is \"windows\"")]
    [InlineData("missing-node", "2", "1Gi", "node \"missing-node\" not found")]
    public async Task Resize_BeyondWhatTheNodeCouldEverGive_IsForbidden(string node, string cpu, string memory, string? problem)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        foreach (var os in new[] { "linux", "windows", "any" }) await server.Client.CreateAsync(NodeOf(os), default);
        var pod = (await server.Client.CreateAsync(AdmissionPods.Of("p", change: spec =>
        {
            spec.NodeName = node.Length > 0 ? node : null;
            spec.Containers[0].Resources.Requests = Amounts("1", "1Gi");
        }), default)).DeepClone();
        pod.Spec.Containers[0].Resources.Requests = Amounts(cpu, memory);
        var resize = () => server.Client.Of<Pod>().ReplaceAsync(pod, "resize", null, default);
        if (problem is null) Assert.Equal(2, (await resize()).Metadata.Generation);
        else Assert.Equal($"pods \"p\" is forbidden: {problem}", (await RefusalAsync(resize)).Message);
    }

    [Theory]
    [InlineData("linux-node", "NodeCapacity")]
    [InlineData("windows-node", "UnsupportedPlatform")]
    public async Task Resize_Refused_SaysWhyInAWord(string node, string cause)
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        await server.Client.CreateAsync(NodeOf(node.Split('-')[0]), default);
        var pod = (await server.Client.CreateAsync(AdmissionPods.Of("p", "1", change: spec => spec.NodeName = node), default)).DeepClone();
        pod.Spec.Containers[0].Resources.Requests!["cpu"] = Quantity.Parse("100");
        var refusal = await RefusalAsync(() => server.Client.Of<Pod>().ReplaceAsync(pod, "resize", null, default));
        Assert.Equal(cause, Assert.Single(refusal.Status.Details!.Causes!).Reason);
    }

    [Fact]
    public async Task Resize_ThatChangesNothing_IsNotLookedAt()
    {
        await using var server = await TestServer.StartAsync();
        await server.AddDefaultAccountAsync();
        var pod = await server.Client.CreateAsync(AdmissionPods.Of("p", "1", change: spec => spec.NodeName = "missing-node"), default);
        Assert.Equal(1, (await server.Client.Of<Pod>().ReplaceAsync(pod.DeepClone(), "resize", null, default)).Metadata.Generation);
    }

    private static Node NodeOf(string os) => new()
    {
        Metadata = new() { Name = $"{os}-node", Labels = os == "any" ? null : new() { ["kubernetes.io/os"] = os } },
        Status = new() { Allocatable = Amounts("4", "8Gi") },
    };

    private static Dictionary<string, Quantity> Amounts(string cpu, string memory) => new() { ["cpu"] = Quantity.Parse(cpu), ["memory"] = Quantity.Parse(memory) };
}
