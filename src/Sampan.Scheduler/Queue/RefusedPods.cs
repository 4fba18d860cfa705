using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Queue;

/// <summary>
/// The pods that no node could take, found by the plugins that refused them. A change is shown only to the plugins that
/// asked for its kind, and each of their hints is asked once for all pods that are equal.
/// <code>
/// NodeResourcesFit ── class of 5,000 equal pods ── pod, pod, …
///                  └─ class of 1 pod            ── pod
/// NodeAffinity     ── …
/// </code>
/// </summary>
internal sealed class RefusedPods(IReadOnlyList<Profile> profiles, Action<string, string, int> counted, Func<SchedulerMetrics?> metrics)
{
    // Waited for by pods that no plugin refused, or one that does not say what may help (extenders never do).
    private const string AnyChange = "";

    private readonly Dictionary<(string Profile, string Plugin), Dictionary<string, HashSet<QueuedPod>>> _index = [];
    private readonly HashSet<QueuedPod> _all = [];
    private readonly Dictionary<string, HashSet<string>> _telling = profiles.ToDictionary(p => p.SchedulerName, p => p.EnqueueExtensions.Select(plugin => plugin.Name).ToHashSet());

    public int Count => _all.Count;

    public IReadOnlyCollection<QueuedPod> All => _all;

    public void Add(QueuedPod queued)
    {
        if (!_all.Add(queued)) return;
        foreach (var plugin in Keys(queued)) Ensure(Ensure(_index, (ProfileOf(queued), plugin)), queued.Pod.ClassKey).Add(queued);
        foreach (var plugin in queued.RefusedBy) counted(plugin, ProfileOf(queued), 1);
    }

    public bool Remove(QueuedPod queued)
    {
        if (!_all.Remove(queued)) return false;
        foreach (var plugin in queued.RefusedBy) counted(plugin, ProfileOf(queued), -1);
        foreach (var plugin in Keys(queued))
        {
            var key = (ProfileOf(queued), plugin);
            if (!_index.TryGetValue(key, out var classes) || !classes.TryGetValue(queued.Pod.ClassKey, out var pods)) continue;
            pods.Remove(queued);
            if (pods.Count == 0) classes.Remove(queued.Pod.ClassKey);
            if (classes.Count == 0) _index.Remove(key);
        }
        return true;
    }

    /// <summary>Takes out the pods, up to a priority, that a change may help.</summary>
    public List<QueuedPod> TakeHelped(ClusterEvent change, int upTo)
    {
        var helped = new List<QueuedPod>();
        if (_all.Count == 0) return helped;
        foreach (var profile in profiles)
        {
            Collect((profile.SchedulerName, AnyChange), static _ => true, helped);
            foreach (var plugin in profile.EnqueueExtensions) Collect(profile, plugin, change, helped);
        }
        helped.RemoveAll(queued => queued.Pod.Priority > upTo || !Remove(queued));
        return helped;
    }

    /// <summary>Whether a change of the pod itself, which is not among these now, may help it.</summary>
    public bool IsHelped(QueuedPod queued, ClusterEvent change)
    {
        if (WaitsForAnything(queued)) return true;
        foreach (var plugin in profiles.First(profile => profile.SchedulerName == ProfileOf(queued)).EnqueueExtensions)
        {
            if (!queued.RefusedBy.Contains(plugin.Name)) continue;
            foreach (var hint in plugin.EventsToRegister)
            {
                if ((hint.Event & change.Kind) != 0 && Helps(plugin, hint, queued.Pod, change)) return true;
            }
        }
        return false;
    }

    private void Collect(Profile profile, IEnqueueExtension plugin, ClusterEvent change, List<QueuedPod> helped)
    {
        if (!_index.ContainsKey((profile.SchedulerName, plugin.Name))) return;
        foreach (var hint in plugin.EventsToRegister)
        {
            if ((hint.Event & change.Kind) == 0) continue;
            Collect((profile.SchedulerName, plugin.Name), queued => Helps(plugin, hint, queued.Pod, change), helped);
        }
    }

    private bool Helps(IEnqueueExtension plugin, EventHint hint, PodInfo pod, ClusterEvent change)
    {
        if (hint.Helps is null) return true;
        var meter = metrics();
        var started = meter?.Now() ?? 0;
        var helps = hint.Helps(pod, change);
        meter?.Hinted(plugin.Name, change.Kind, helps, started);
        return helps;
    }

    private void Collect((string Profile, string Plugin) key, Func<QueuedPod, bool> mayHelp, List<QueuedPod> helped)
    {
        if (!_index.TryGetValue(key, out var classes)) return;
        foreach (var pods in classes.Values)
        {
            if (mayHelp(pods.First())) helped.AddRange(pods);
        }
    }

    private static string ProfileOf(QueuedPod queued) => queued.Pod.Pod.Spec.SchedulerName ?? Profile.DefaultSchedulerName;

    private IReadOnlyCollection<string> Keys(QueuedPod queued) => WaitsForAnything(queued) ? [AnyChange] : queued.RefusedBy;

    private bool WaitsForAnything(QueuedPod queued) =>
        queued.RefusedBy.Count == 0 || queued.RefusedBy.Any(plugin => _telling.GetValueOrDefault(ProfileOf(queued))?.Contains(plugin) != true);

    private static TValue Ensure<TKey, TValue>(Dictionary<TKey, TValue> map, TKey key) where TKey : notnull where TValue : new()
    {
        if (!map.TryGetValue(key, out var value)) map[key] = value = new TValue();
        return value;
    }
}
