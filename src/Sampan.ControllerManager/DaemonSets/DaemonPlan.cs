using Sampan.Api.Apps.V1;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>What to create (by node) and what to delete now.</summary>
internal sealed class DaemonPlan
{
    private const int MaxCreations = 250;

    public List<string> Create { get; } = [];

    public List<Pod> Delete { get; } = [];

    public static DaemonPlan Of(DaemonView view)
    {
        var plan = new DaemonPlan();
        plan.Delete.AddRange(view.Lost.Where(p => p.Metadata.DeletionTimestamp is null));
        foreach (var node in view.Nodes) plan.Settle(view, node);
        if (view.Set.Spec.UpdateStrategy.Type != "OnDelete") plan.Roll(view);
        if (plan.Create.Count > MaxCreations) plan.Create.RemoveRange(MaxCreations, plan.Create.Count - MaxCreations);
        return plan;
    }

    /// <summary>One pod where one belongs, none elsewhere; two only while a surge hands over from an old pod to a new one.</summary>
    private void Settle(DaemonView view, string node)
    {
        var pods = view.On(node);
        var alive = pods.Where(p => p.Metadata.DeletionTimestamp is null).ToList();
        if (!view.MayStay(node))
        {
            Delete.AddRange(alive);
            return;
        }

        var failed = alive.Where(p => p.Status.Phase == "Failed").ToList();
        Delete.AddRange(failed);
        alive = alive.Except(failed).ToList();
        if (view.ShouldRun(node) && pods.Count == 0) Create.Add(node);
        if (alive.Count < 2) return;
        var oldest = alive.GroupBy(view.IsCurrent).Select(g => g.First()).ToList();
        Delete.AddRange(alive.Except(oldest));
        if (oldest.Count == 2 && (Limits(view).Surge == 0 || view.IsAvailable(oldest.Find(view.IsCurrent)!)))
            Delete.Add(oldest.Find(p => !view.IsCurrent(p))!);
    }

    private void Roll(DaemonView view)
    {
        var (surge, unavailable) = Limits(view);
        var old = view.Nodes.Where(view.ShouldRun).Select(n => (Node: n, Pods: view.On(n)))
            .Where(n => n.Pods.Exists(p => !view.IsCurrent(p) && p.Metadata.DeletionTimestamp is null) && !n.Pods.Exists(view.IsCurrent)).ToList();
        if (surge > 0) Surge(view, surge, old);
        else Replace(view, unavailable, old);
    }

    private void Surge(DaemonView view, int surge, List<(string Node, List<Pod> Pods)> old)
    {
        var running = view.Nodes.Count(n => view.On(n) is { Count: > 1 } pods && pods.Exists(view.IsCurrent));
        // An old pod that is not available anyway is replaced without waiting for the surge's turn.
        Delete.AddRange(old.SelectMany(n => n.Pods).Where(p => !view.IsAvailable(p) && p.Metadata.DeletionTimestamp is null).Except(Delete));
        var ready = old.Where(n => n.Pods.Exists(view.IsAvailable)).Select(n => n.Node);
        Create.AddRange(ready.Take(Math.Max(0, surge - running)));
    }

    private void Replace(DaemonView view, int unavailable, List<(string Node, List<Pod> Pods)> old)
    {
        var down = view.Nodes.Where(view.ShouldRun).Count(n => !view.On(n).Exists(view.IsAvailable));
        var candidates = old.SelectMany(n => n.Pods).Where(p => p.Metadata.DeletionTimestamp is null).Except(Delete).ToList();
        Delete.AddRange(candidates.Where(p => !view.IsAvailable(p)));
        Delete.AddRange(candidates.Where(view.IsAvailable).Take(Math.Max(0, unavailable - down)));
    }

    private static (int Surge, int Unavailable) Limits(DaemonView view)
    {
        var rolling = view.Set.Spec.UpdateStrategy.RollingUpdate;
        var surge = rolling?.MaxSurge?.GetScaledValueFromIntOrPercent(view.Desired, roundUp: true) ?? 0;
        var unavailable = rolling?.MaxUnavailable is { } max ? max.GetScaledValueFromIntOrPercent(view.Desired, roundUp: true) ?? 0 : 1;
        return (surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
    }
}
