using Sampan.Api.Core.V1;
using Sampan.ControllerManager.NodeIpam;
using Sampan.ControllerManager.NodeLifecycle;

namespace Sampan.ControllerManager.Tests.NodeLifecycle;

/// <summary>What the users of nodes are told, and what is written on nodes besides taints.</summary>
public sealed class NodeNewsTests : IAsyncDisposable
{
    private readonly Harness _harness = new();

    private FakeApi Api => _harness.Api;

    [Fact]
    public async Task Node_ComesAndGoes_IsToldOf()
    {
        await StartAsync();
        PutNode("True");
        await ToldAsync("RegisteredNode", "Node n event: Registered Node n in Controller");
        Api.Remove<Node>(null, "n");
        await ToldAsync("RemovingNode", "Node n event: Removing Node n from Controller");
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("False", false)]
    [InlineData(null, false)]
    public async Task Node_FallsSilent_IsToldOfWhereItWasReady(string? ready, bool told)
    {
        PutNode(ready);
        await StartAsync();
        await _harness.AdvanceUntilAsync(
            () => Api.Find<Node>(null, "n")!.Status.Conditions.OrEmpty().Any(c => c is { Type: "Ready", Status: "Unknown" }), "unknown", TimeSpan.FromSeconds(5));
        await ToldAsync("RegisteredNode", "Node n event: Registered Node n in Controller");
        if (told) await ToldAsync("NodeNotReady", "Node n status is now: NodeNotReady");
        else Assert.DoesNotContain(Api.List<Event>(), e => e.Reason == "NodeNotReady");
    }

    [Theory]
    [InlineData("Unknown", "False")]
    [InlineData("False", "True")]
    [InlineData("True", "True")]
    public async Task Pods_OfANode_AreNotReadyOnceNothingIsHeardOfIt(string node, string pod)
    {
        PutNode(node);
        Api.Put(Workloads.Pod("p", "10.244.0.1", ready: true, node: "n"));
        await StartAsync();
        await _harness.AdvanceUntilAsync(() => Api.List<Pod>().Single().Status.Conditions!.Single().Status == pod, pod, TimeSpan.FromSeconds(1));
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(pod, Api.List<Pod>().Single().Status.Conditions!.Single().Status);
    }

    [Theory]
    [InlineData("no labels", "", "")]
    [InlineData("older names missing", "kubernetes.io/os=linux kubernetes.io/arch=arm64", "beta.kubernetes.io/arch=arm64 beta.kubernetes.io/os=linux kubernetes.io/arch=arm64 kubernetes.io/os=linux")]
    [InlineData("older name says otherwise", "beta.kubernetes.io/os=other kubernetes.io/os=linux", "beta.kubernetes.io/os=linux kubernetes.io/os=linux")]
    [InlineData("older name alone", "beta.kubernetes.io/os=linux", "beta.kubernetes.io/os=linux")]
    [InlineData("both agree", "beta.kubernetes.io/os=linux kubernetes.io/os=linux", "beta.kubernetes.io/os=linux kubernetes.io/os=linux")]
    public async Task Labels_WithOlderNames_AreBroughtInLine(string what, string labels, string wanted)
    {
        var node = Node("True");
        node.Metadata.Labels = labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(l => l.Split('=')[0], l => l.Split('=')[1]);
        Api.Put(node);
        await StartAsync();
        await _harness.UntilAsync(() => Text(Api.Find<Node>(null, "n")!) == wanted, what);
    }

    [Theory]
    [InlineData("10.244.0.0/16", 24, "10.244.0.0/20", "10.244.16.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.244.0.128/25", "10.244.1.0/24")]
    [InlineData("10.244.0.0/16", 24, "10.0.0.0/8", null)]
    [InlineData("10.244.0.0/16", 24, "10.96.0.0/16", "10.244.0.0/24")]
    [InlineData("10.244.0.0/16", 24, "fd00::/108", "10.244.0.0/24")]
    [InlineData("fd00:10::/48", 64, "fd00:10::/112", "fd00:10:0:1::/64")]
    public void Ranges_OfServices_AreNoNodes(string cluster, int prefix, string services, string? first)
    {
        var pool = new CidrPool(cluster, prefix);
        pool.Exclude(services);
        Assert.Equal(first, pool.Take("n").Cidr);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string Text(Node node) => string.Join(' ', node.Metadata.Labels.OrEmpty().Select(l => $"{l.Key}={l.Value}").Order(StringComparer.Ordinal));

    private static Node Node(string? ready) => new()
    {
        Metadata = new() { Name = "n" },
        Status = new() { Conditions = ready is null ? null : [new() { Type = "Ready", Status = ready }] },
    };

    private void PutNode(string? ready) => Api.Put(Node(ready));

    private Task StartAsync() => _harness.StartAsync(c => new NodeLifecycleController(c, new NodeLifecycleOptions()));

    private Task ToldAsync(string reason, string message) =>
        _harness.UntilAsync(() => Api.List<Event>().Exists(e => e.Reason == reason && e.Message == message), message);
}
