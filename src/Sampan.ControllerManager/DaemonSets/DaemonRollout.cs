using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>
/// The rolling update. Without a surge old pods are deleted while few enough nodes are without an available pod, and the plan makes new
/// ones in their place. With a surge new pods come first, beside the old ones.
/// </summary>
internal static class DaemonRollout
{
    public static void Plan(DaemonView view, DaemonPlan plan)
    {
        var places = view.Nodes.Select(node => Place.Of(view, node)).OfType<Place>().ToList();
        if (view.MaxSurge > 0) Surge(view, plan, places);
        else Replace(view, plan, places);
    }

    /// <summary>An old pod that is not available anyway is replaced at no cost.</summary>
    private static void Replace(DaemonView view, DaemonPlan plan, List<Place> places)
    {
        var old = places.Where(p => p is { Old: not null, New: null }).Select(p => p.Old!).ToList();
        var down = places.Count(p => p.Old is null == p.New is null || !view.IsAvailable((p.Old ?? p.New)!));
        var allowed = old.Where(p => !view.IsAvailable(p));
        var candidates = old.Where(view.IsAvailable).Take(Math.Max(0, view.MaxUnavailable - down));
        plan.Delete.AddRange(allowed.Concat(candidates).Except(plan.Delete).ToList());
    }

    private static void Surge(DaemonView view, DaemonPlan plan, List<Place> places)
    {
        var waiting = places.Where(p => p is { Old: not null, New: null } && view.ShouldRun(p.Node)).ToLookup(p => view.IsAvailable(p.Old!), p => p.Node);
        var handingOver = places.Where(p => p is { Old: not null, New: not null }).ToLookup(p => view.IsAvailable(p.New!), p => p.Old!);
        var surging = handingOver[false].Count() + places.Count(p => p.IsCrowded);
        plan.Create.AddRange(waiting[false].Concat(waiting[true].Take(Math.Max(0, view.MaxSurge - surging))));

        // A node that the pods have to leave keeps its pod until as many as wanted are available elsewhere.
        var leaving = places.Where(p => p is { Old: not null, New: null } && !view.ShouldRun(p.Node)).Select(p => p.Old!);
        var spare = places.Count(p => (p.Old ?? p.New) is { } pod && view.IsAvailable(pod)) - view.Desired;
        plan.Delete.AddRange(handingOver[true].Concat(leaving.Take(Math.Max(0, spare))).Except(plan.Delete).ToList());
    }

    /// <summary>A node that has or should have a pod: its one pod of an old revision, its one of the new. A crowded node has more; the plan prunes it.</summary>
    private sealed record Place(string Node, Pod? Old, Pod? New, bool IsCrowded)
    {
        public static Place? Of(DaemonView view, string node)
        {
            var pods = view.On(node);
            if (pods.Count == 0 && !view.ShouldRun(node)) return null;
            var alive = pods.Where(p => p.Metadata.DeletionTimestamp is null).ToLookup(view.IsCurrent);
            var isCrowded = alive[true].Count() > 1 || alive[false].Count() > 1;
            return isCrowded ? new(node, null, null, true) : new(node, alive[false].SingleOrDefault(), alive[true].SingleOrDefault(), false);
        }
    }
}
