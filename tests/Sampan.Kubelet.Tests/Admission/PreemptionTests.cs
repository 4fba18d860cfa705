using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Admission;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;
using Sampan.Kubelet.Tests.Fakes;
using Node = Sampan.Kubelet.Tests.Fakes.Node;

namespace Sampan.Kubelet.Tests.Admission;

/// <summary>Who goes for a critical pod's sake. Upstream: pkg/kubelet/preemption/preemption_test.go.</summary>
public sealed class PreemptionTests
{
    private const int ClusterCritical = 2_000_000_000;
    private const int NodeCritical = 2_000_000_100;

    [Theory]
    [InlineData(0, 0, 1, "", null)]
    [InlineData(100, 100, 1, "burstable", "burstable")]
    [InlineData(200, 200, 2, "burstable", null)]
    [InlineData(0, 0, 1, "burstable best-effort", "best-effort")]
    [InlineData(0, 0, 1, "burstable guaranteed", "burstable")]
    [InlineData(100, 100, 0, "best-effort big-burstable burstable", "burstable")]
    [InlineData(150, 150, 0, "best-effort burstable big-burstable", "big-burstable")]
    [InlineData(350, 350, 0, "best-effort burstable big-burstable guaranteed big-guaranteed", "burstable big-burstable")]
    [InlineData(0, 550, 0, "best-effort burstable big-burstable guaranteed big-guaranteed", "big-burstable big-guaranteed")]
    [InlineData(0, 1, 0, "best-effort", null)]
    [InlineData(0, 0, 1, "cluster-critical", null)]
    public async Task MakeRoom_Needs_EndsAsFewAndAsSmallAsPossible(int cpu, int memory, int pods, string there, string? gone)
    {
        var (rejection, ended) = await MakeRoomAsync(ClusterCritical, cpu, memory, pods, there);

        Assert.Equal(gone is null, rejection is not null);
        Assert.Equal((gone ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), ended.Order());
    }

    [Fact]
    public async Task MakeRoom_NodeCriticalPod_TakesThatOfAClusterCriticalOneAndNotTheOtherWayRound()
    {
        Assert.Equal(["cluster-critical"], (await MakeRoomAsync(NodeCritical, 100, 0, 0, "cluster-critical")).Ended);

        var (rejection, ended) = await MakeRoomAsync(ClusterCritical, 100, 0, 0, "node-critical");
        Assert.Empty(ended);
        Assert.Equal("UnexpectedAdmissionError", rejection!.Reason);
        Assert.EndsWith("no set of running pods found to reclaim resources: [(res: cpu, q: 100), ]", rejection.Message);
    }

    [Fact]
    public async Task Admit_CriticalPodOnAFullNode_EndsAnother()
    {
        await using var node = new Node();
        var small = await node.RunAsync(Wanting("small", "1"));
        var great = await node.RunAsync(Wanting("great", "3"));
        var critical = Wanting("critical", "2");
        critical.Spec.Priority = NodeCritical;

        node.Pods.Upsert(critical);

        await node.InTimeAsync(() => node.Status(critical).Phase == "Running", "the critical pod runs");
        Assert.Equal(("Failed", "Preempting", "Preempted in order to admit critical pod"), (node.Status(great).Phase, node.Status(great).Reason, node.Status(great).Message));
        Assert.Equal("TerminationByKubelet", node.Status(great).Conditions!.Single(c => c.Type == "DisruptionTarget").Reason);
        Assert.Equal("Running", node.Status(small).Phase);
        Assert.Contains("Warning Preempting Preempted in order to admit critical pod", node.Events.All);
        Assert.Contains("kubelet_preemptions{preemption_signal=\"cpu\"} 1", node.Metrics.Render());
    }

    [Fact]
    public async Task Admit_CriticalPodThatDoesNotFitOtherwise_EndsNobody()
    {
        await using var node = new Node();
        await node.RunAsync(Wanting("great", "4"));
        var critical = Wanting("critical", "2");
        critical.Spec.Priority = NodeCritical;
        critical.Spec.NodeSelector = new() { ["disk"] = "ssd" };

        node.Pods.Upsert(critical);

        await node.UntilAsync(() => node.Status(critical).Phase == "Failed", "rejected");
        Assert.Equal("NodeAffinity", node.Status(critical).Reason);
        Assert.NotNull(node.Runtime.Running("great", "web"));
    }

    private static Pod Wanting(string name, string cpu) => Node.Pod(name, p => p.Spec.Containers[0].Resources.Requests = new() { ["cpu"] = Quantity.Parse(cpu) });

    private static async Task<(PodTermination? Rejection, List<string> Ended)> MakeRoomAsync(int priority, int cpu, int memory, int pods, string there)
    {
        var ended = new List<string>();
        var preemption = new Preemption(
            (pod, _, _) =>
            {
                ended.Add(pod.Metadata.Name);
                return Task.FromResult(true);
            },
            new FakeEvents(),
            new PodMetrics(new(), TimeProvider.System));
        Shortage[] missing = [.. new[] { Lack("cpu", cpu), Lack("memory", (long)memory << 20), Lack("pods", pods) }.OfType<Shortage>()];
        var all = there.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Named).ToList();
        var rejection = await preemption.MakeRoomAsync(Node.Pod("critical", p => p.Spec.Priority = priority), all, missing, default);
        return (rejection, ended);
    }

    private static Shortage? Lack(string resource, long amount) => Shortage.Find(resource, amount, 0, 0);

    private static Pod Named(string name) => Node.Pod(name, p =>
    {
        var size = name.StartsWith("big", StringComparison.Ordinal) ? 300 : 100;
        Dictionary<string, Quantity> all = new() { ["cpu"] = Quantity.Parse($"{size}m"), ["memory"] = Quantity.Parse($"{size}Mi") };
        p.Spec.Containers[0].Resources = new() { Requests = name == "best-effort" ? null : all, Limits = name.EndsWith("guaranteed", StringComparison.Ordinal) ? all : null };
        p.Spec.Priority = name switch { "cluster-critical" => ClusterCritical, "node-critical" => NodeCritical, _ => null };
    });
}
