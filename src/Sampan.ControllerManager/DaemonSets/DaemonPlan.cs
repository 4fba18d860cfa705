using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.DaemonSets;

/// <summary>What to create (by node) and what to delete now.</summary>
internal sealed class DaemonPlan
{
    private const int MostAtOnce = 250;

    public List<string> Create { get; } = [];

    public List<Pod> Delete { get; } = [];

    public static DaemonPlan Of(DaemonView view)
    {
        var plan = new DaemonPlan();
        plan.Delete.AddRange(view.Lost.Where(p => p.Metadata.DeletionTimestamp is null));
        foreach (var node in view.Nodes) plan.Settle(view, node);
        if (view.Set.Spec.UpdateStrategy.Type != "OnDelete") DaemonRollout.Plan(view, plan);
        Cut(plan.Create);
        Cut(plan.Delete);
        return plan;
    }

    /// <summary>One pod where one belongs, none elsewhere; two only while a surge hands over from an old pod to a new one.</summary>
    private void Settle(DaemonView view, string node)
    {
        var pods = view.On(node);
        var alive = pods.Where(p => p.Metadata.DeletionTimestamp is null).ToList();
        if (pods.Count == 0 && view.ShouldRun(node)) Create.Add(node);
        else if (!view.MayStay(node)) Delete.AddRange(alive);
        else
        {
            Delete.AddRange(alive.Where(p => p.IsTerminal()));
            Prune(view, [.. alive.Where(p => !p.IsTerminal())]);
        }
    }

    /// <summary>Without a surge the first stays. With one, the first of the new revision and the first of an old one stay until that hands over.</summary>
    private void Prune(DaemonView view, List<Pod> running)
    {
        if (running.Count < 2) return;
        if (view.MaxSurge == 0)
        {
            Delete.AddRange(running.Skip(1));
            return;
        }

        var (next, old) = (running.Find(view.IsCurrent), running.Find(p => !view.IsCurrent(p)));
        Delete.AddRange(running.Where(p => p != next && p != old));
        if (next is not null && old is not null && (!old.IsReady() || view.IsAvailable(next))) Delete.Add(old);
    }

    private static void Cut<T>(List<T> list)
    {
        if (list.Count > MostAtOnce) list.RemoveRange(MostAtOnce, list.Count - MostAtOnce);
    }
}
