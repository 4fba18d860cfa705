using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins;

/// <summary>The counters that decide where a pod may and should go beside others. Equal pods share them.</summary>
internal sealed class PodAffinityRules
{
    private readonly int _generation;
    private readonly int _version;

    private PodAffinityRules(PodInfo pod, InterPodAffinityArgs args, SchedulerCache cluster)
    {
        (_generation, _version) = (cluster.Counters.Generation, cluster.Counters.Terms.Version);
        var required = Array.FindAll(pod.AffinityTerms, term => term.Kind == AffinityKind.Required);
        WantsItself = required.All(term => term.Matches(pod, cluster.Namespaces));
        Wanted = Array.ConvertAll(required, term => CounterOf(required, term.TopologyKey, cluster));
        Avoided = [.. Own(AffinityKind.RequiredAnti).Select(term => CounterOf([term], term.TopologyKey, cluster))];
        Weighted = [.. Own(AffinityKind.Preferred).Concat(Own(AffinityKind.PreferredAnti)).Select(term => (CounterOf([term], term.TopologyKey, cluster), Weight(term, args)))];
        var scoresOthers = !args.IgnorePreferredTermsOfExistingPods || Weighted.Count > 0;
        foreach (var bearers in cluster.Counters.Terms.All)
        {
            var avoids = bearers.Term.Kind == AffinityKind.RequiredAnti;
            if ((!avoids && !scoresOthers) || !bearers.Term.Matches(pod, cluster.Namespaces)) continue;
            if (avoids) AvoidedBy.Add(bearers.Counter);
            else if (Weight(bearers.Term, args) is var weight and not 0) Weighted.Add((bearers.Counter, weight));
        }

        IEnumerable<AffinityTerm> Own(AffinityKind kind) => pod.AffinityTerms.Where(term => term.Kind == kind);
    }

    /// <summary>For each required term, the pods that match all required terms.</summary>
    public TopologyCounter[] Wanted { get; }

    /// <summary>The pod matches all its own required terms.</summary>
    public bool WantsItself { get; }

    /// <summary>For each required anti-affinity term, the pods that match it.</summary>
    public List<TopologyCounter> Avoided { get; }

    /// <summary>Placed pods whose required anti-affinity matches the pod.</summary>
    public List<TopologyCounter> AvoidedBy { get; } = [];

    /// <summary>What is preferred, by the pod and by placed pods, with the weight of each pod counted.</summary>
    public List<(TopologyCounter Counter, int Weight)> Weighted { get; }

    public bool CanRefuse => Wanted.Length + Avoided.Count + AvoidedBy.Count > 0;

    /// <summary>The rules as the cluster is now: worked out anew only when terms came or went.</summary>
    public static PodAffinityRules Of(CycleState state, PodInfo pod, InterPodAffinityArgs args)
    {
        var (counters, known) = (state.Cluster.Counters, state.Shared.Read<PodAffinityRules>());
        if (known is not null && known._generation == counters.Generation && known._version == counters.Terms.Version) return known;
        var rules = new PodAffinityRules(pod, args, state.Cluster);
        state.Shared.Write(rules);
        return rules;
    }

    private static int Weight(AffinityTerm term, InterPodAffinityArgs args) => term.Kind switch
    {
        AffinityKind.Required => args.HardPodAffinityWeight,
        AffinityKind.PreferredAnti => -term.Weight,
        _ => term.Weight,
    };

    private static TopologyCounter CounterOf(AffinityTerm[] terms, string topologyKey, SchedulerCache cluster)
    {
        var signature = string.Join("\n\n", ["affinity", topologyKey, .. terms.Select(term => term.Signature)]);
        var namespaces = cluster.Namespaces;
        return cluster.Counters.Get(signature, terms[0].OnlyNamespace, table =>
            new TopologyCounter(table.Labels(topologyKey), pod => Array.TrueForAll(terms, term => term.Matches(pod, namespaces)), isEligible: null));
    }
}
