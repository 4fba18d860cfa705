using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Tests;

public sealed class TopologyCounterTests
{
    private const int Nodes = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Counters_AfterAnyEvents_EqualRecomputedOnes(int seed)
    {
        var random = new Random(seed);
        var cache = new SchedulerCache();
        var (dense, sparse) = (Kept(cache, Dense), Kept(cache, Sparse));
        for (var step = 0; step < 3000; step++)
        {
            Change(cache, random);
            Assert.Equal(State(Recomputed(cache, Dense), cache), State(dense, cache));
            Assert.Equal(State(Recomputed(cache, Sparse), cache), State(sparse, cache));
        }
    }

    [Fact]
    public void Get_MoreCountersThanAreKept_DropsTheLongestUnused()
    {
        var counters = new SchedulerCache().Counters;
        var first = counters.Get("first", "default", Dense);
        for (var i = 0; i < 2000; i++) counters.Get($"s{i}", "default", Dense);
        Assert.NotSame(first, counters.Get("first", "default", Dense));
    }

    // Every change that the loop can make: nodes with other labels or none, and pods that come, change, move and go.
    private static void Change(SchedulerCache cache, Random random)
    {
        var node = $"n{random.Next(Nodes)}";
        var pod = $"p{random.Next(15)}";
        var info = Make.Info(pod, node: node, with: p => p.Metadata.Labels = new() { ["app"] = random.Next(2) == 0 ? "web" : "db" });
        switch (random.Next(8))
        {
            case 0: cache.RemoveNode(node); break;
            case 1 or 2: cache.SetNode(Node(node, random)); break;
            case 3: cache.RemovePod(info.Uid); break;
            case 4 when !cache.IsPlaced(info.Uid): cache.Assume(info, node); break;
            case 5: cache.Forget(info.Uid); break;
            default: cache.SetPod(info); break;
        }
    }

    private static Node Node(string name, Random random) => Make.Node(name, with: node =>
    {
        if (random.Next(4) > 0) node.Metadata.Labels!["zone"] = $"z{random.Next(3)}";
        node.Spec.Unschedulable = random.Next(4) == 0;
    });

    private static TopologyCounter Dense(NodeTable table) => new(table.Labels("zone"), IsWeb, node => !node.Spec.Unschedulable);

    private static TopologyCounter Sparse(NodeTable table) => new(table.Labels("zone"), IsWeb, null);

    private static bool IsWeb(PodInfo pod) => pod.Pod.Metadata.Labels?["app"] == "web";

    private static TopologyCounter Kept(SchedulerCache cache, Func<NodeTable, TopologyCounter> create) => cache.Counters.Get(create.Method.Name, "default", create);

    private static TopologyCounter Recomputed(SchedulerCache cache, Func<NodeTable, TopologyCounter> create)
    {
        var counter = create(cache.Table);
        foreach (var node in cache.Nodes)
        {
            counter.SetNode(node);
            foreach (var pod in node.Pods) counter.AddPod(node, pod);
        }
        return counter;
    }

    private static string State(TopologyCounter counter, SchedulerCache cache) => string.Join(' ',
    [
        $"total={counter.Total} min={counter.Min} domains={counter.DomainCount}",
        .. counter.Domains.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key}={d.Value}"),
        .. cache.Nodes.OrderBy(n => n.Name, StringComparer.Ordinal).Select(n => $"{n.Name}:{counter.On(n)}/{counter.InDomainOf(n)}"),
    ]);
}
