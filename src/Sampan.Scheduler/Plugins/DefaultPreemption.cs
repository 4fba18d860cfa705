using Sampan.Api.Policy.V1;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Configuration;
using Sampan.Scheduler.Extenders;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Preemption;
using Sampan.Scheduler.Queue;

namespace Sampan.Scheduler.Plugins;

/// <summary>
/// Makes room for a pod that fits nowhere by evicting pods of lower priority. The node is promised to the pod (nominated);
/// the victims are deleted beside the next cycles, and the pod is tried again when they are gone.
/// </summary>
internal sealed class DefaultPreemption(DefaultPreemptionArgs? args = null, Random? random = null) : IPreEnqueuePlugin, IPostFilterPlugin, IConnectedPlugin
{
    private const string NotHelpful = "Preemption is not helpful for scheduling";

    private static readonly PluginStatus InFlight = PluginStatus.Unresolvable("waiting for the preemption for this pod to be finished");

    private readonly DefaultPreemptionArgs _args = args ?? new();
    private readonly Random _random = random ?? Random.Shared;
    private readonly HashSet<string> _evicting = [];
    private PluginContext? _context;

    public string Name => nameof(DefaultPreemption);

    /// <summary>Extenders that have a say in who goes.</summary>
    public IReadOnlyList<IPreemptionExtender> Extenders { get; set; } = [];

    public IDisposable Connect(PluginContext context)
    {
        _context = context;
        return context.Keep<PodDisruptionBudget>(ClusterEventKind.None);
    }

    /// <summary>While its victims are being told, trying the pod again would lead to nothing.</summary>
    public PluginStatus PreEnqueue(PodInfo pod) => _evicting.Contains(pod.Uid) ? InFlight : PluginStatus.Success;

    public PostFilterResult PostFilter(CycleState state, PodInfo pod, Diagnosis diagnosis, IFilterRunner filters)
    {
        if (WhyNotEligible(state, pod, diagnosis) is { } reason) return Refuse(reason);
        var (candidates, refusals) = Candidates(state, pod, diagnosis, filters);
        if (candidates.Count == 0 && refusals.Find(status => status.Code == Code.Error) is { Code: Code.Error } broken) return Refuse(broken.Message);
        if (candidates.Count == 0) return Refuse(Describe(state.Cluster.NodeCount, refusals)) with { NominatedNode = "" };
        try
        {
            foreach (var extender in Extenders.Where(e => e.IsInterested(pod))) candidates = [.. extender.Preempt(pod, candidates)];
        }
        catch (Exception e) when (e is ExtenderException or StatusException or ApiConnectionException)
        {
            return Refuse(e.Message);
        }
        if (candidates.Count == 0) return Refuse("no candidate node for preemption");
        var best = CandidateChoice.Best(candidates, Now);
        Evict(state, pod, best);
        return new(PluginStatus.Success, best.Node.Name);
    }

    private DateTimeOffset Now => (_context?.Time ?? TimeProvider.System).GetUtcNow();

    // Who has made room already waits for it, unless that node turned out to be impossible.
    private string? WhyNotEligible(CycleState state, PodInfo pod, Diagnosis diagnosis)
    {
        if (pod.Pod.Spec.PreemptionPolicy == "Never") return "not eligible due to preemptionPolicy=Never.";
        var node = state.Cluster.NominationOf(pod.Uid) ?? (pod.Pod.Status.NominatedNodeName is { Length: > 0 } name ? state.Cluster.Find(name) : null);
        if (node?.Node is null || diagnosis.StatusOf(node).Code == Code.UnschedulableAndUnresolvable) return null;
        return node.Pods.Any(other => other.Priority < pod.Priority && IsGoingByPreemption(other)) ? "not eligible due to a terminating pod on the nominated node." : null;
    }

    private static bool IsGoingByPreemption(PodInfo pod) => pod.Pod.Metadata.DeletionTimestamp is not null
        && pod.Pod.Status.Conditions.OrEmpty().Any(c => c is { Type: "DisruptionTarget", Status: "True", Reason: "PreemptionByScheduler" });

    private (List<Candidate> Candidates, List<PluginStatus> Refusals) Candidates(CycleState state, PodInfo pod, Diagnosis diagnosis, IFilterRunner filters)
    {
        var nodes = diagnosis.Refusals.Where(r => r.Status.Code == Code.Unschedulable).Select(r => r.Node).ToList();
        var (clean, violating, refusals) = (new List<Candidate>(), new List<Candidate>(), new List<PluginStatus>());
        if (nodes.Count == 0) return (clean, refusals);
        var search = new VictimSearch(state, pod, new DisruptionBudgets(state.Cluster.Objects.Of<PodDisruptionBudget>().All), filters, Now);
        var (offset, wanted) = (_random.Next(nodes.Count), CandidatesToFind(nodes.Count));
        for (var i = 0; i < nodes.Count && (clean.Count == 0 || clean.Count + violating.Count < wanted); i++)
        {
            var (candidate, status) = search.Find(nodes[(offset + i) % nodes.Count]);
            if (candidate is { Victims.Count: > 0 }) (candidate.Violations == 0 ? clean : violating).Add(candidate);
            else if (candidate is null) refusals.Add(status);
        }
        return ([.. clean, .. violating], refusals);
    }

    internal int CandidatesToFind(int nodes) =>
        Math.Min(nodes, Math.Max((int)((long)nodes * _args.MinCandidateNodesPercentage / 100), _args.MinCandidateNodesAbsolute));

    // When all are going already there is nobody to tell: the pod waits for their end.
    private void Evict(CycleState state, PodInfo pod, Candidate candidate)
    {
        state.Write(candidate);
        var victims = candidate.Victims.Where(Candidate.IsToBeTold).ToList();
        if (victims.Count == 0) return;
        var displaced = candidate.Node.Nominated.Where(other => other.Priority < pod.Priority).ToList();
        foreach (var other in displaced) state.Cluster.RemoveNomination(other.Uid);
        if (_context is null) return;
        _evicting.Add(pod.Uid);
        _ = EvictAsync(_context, pod, candidate.Node.Name, victims, displaced);
    }

    private async Task EvictAsync(PluginContext context, PodInfo pod, string node, List<PodInfo> victims, List<PodInfo> displaced)
    {
        var (evictor, started, done) = (new Evictor(context), context.Time.GetTimestamp(), true);
        foreach (var other in displaced)
        {
            done &= await evictor.ClearNominationAsync(other);
            context.Activate(other.Uid);
        }
        done &= await evictor.EvictAsync(pod, node, victims);
        context.Metrics?.Evicted(done, context.Time.GetElapsedTime(started));
        context.Post(_ => _evicting.Remove(pod.Uid));
        if (done) context.Recheck(pod.Uid);
        else context.Activate(pod.Uid);         // nobody is going to leave, so nothing else would bring it back
    }

    private static PostFilterResult Refuse(string reason) => new(PluginStatus.Unschedulable("preemption: " + reason));

    // As a diagnosis of its own: of each node, why taking pods away would not have helped.
    private static string Describe(int nodes, List<PluginStatus> refusals)
    {
        var reasons = refusals.SelectMany(status => status.Reasons ?? []).CountBy(reason => reason).ToDictionary();
        if (nodes > refusals.Count) reasons[NotHelpful] = reasons.GetValueOrDefault(NotHelpful) + nodes - refusals.Count;
        return $"0/{nodes} nodes are available: {string.Join(", ", reasons.Select(r => $"{r.Value} {r.Key}").Order(StringComparer.Ordinal))}.";
    }
}
