using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Tests;

public sealed class AffinityTermOwnersTests
{
    private const int Nodes = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Terms_AfterAnyEvents_EqualRecomputedOnes(int seed)
    {
        var random = new Random(seed);
        var cache = new SchedulerCache();
        for (var step = 0; step < 2000; step++)
        {
            Change(cache, random);
            Assert.Equal(State(Recomputed(cache), cache), State(cache.Counters.Terms, cache));
        }
    }

    private static void Change(SchedulerCache cache, Random random)
    {
        var node = $"n{random.Next(Nodes)}";
        var pod = Make.Info($"p{random.Next(12)}", node: node, with: p => p.Spec.Affinity = Affinity(random));
        switch (random.Next(7))
        {
            case 0: cache.RemoveNode(node); break;
            case 1 or 2: cache.SetNode(Make.Node(node, with: n => n.Metadata.Labels!["zone"] = $"z{random.Next(3)}")); break;
            case 3: cache.RemovePod(pod.Uid); break;
            case 4 when cache.PodOf(pod.Uid) is null: cache.Assume(pod, node); break;
            case 5: cache.Forget(pod.Uid); break;
            default: cache.RemovePod(pod.Uid); cache.SetPod(pod); break;
        }
    }

    private static Affinity? Affinity(Random random)
    {
        var term = new PodAffinityTerm { TopologyKey = "zone", LabelSelector = new LabelSelector { MatchLabels = new() { ["app"] = random.Next(2) == 0 ? "web" : "db" } } };
        return random.Next(3) switch
        {
            0 => null,
            1 => new Affinity { PodAntiAffinity = new PodAntiAffinity { RequiredDuringSchedulingIgnoredDuringExecution = [term] } },
            _ => new Affinity { PodAffinity = new PodAffinity { PreferredDuringSchedulingIgnoredDuringExecution = [new WeightedPodAffinityTerm { Weight = 5, PodAffinityTerm = term }] } },
        };
    }

    private static AffinityTermOwners Recomputed(SchedulerCache cache)
    {
        var terms = new AffinityTermOwners(cache.Table);
        foreach (var node in cache.Nodes)
        {
            foreach (var pod in node.Pods) terms.AddPod(node, pod);
        }
        return terms;
    }

    // Pods of nodes that are gone are still borne in mind, but in no domain.
    private static string State(AffinityTermOwners terms, SchedulerCache cache) => string.Join(' ', terms.All
        .Select(bearers => $"{bearers.Term.Kind} {bearers.Term.Signature} {string.Join(',', cache.Nodes.Select(node => $"{node.Name}={bearers.Counter.InDomainOf(node)}"))} total={bearers.Counter.Total}")
        .Where(text => !text.EndsWith("total=0", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
