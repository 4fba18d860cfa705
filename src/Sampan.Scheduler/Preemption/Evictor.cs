using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;
using Sampan.Scheduler.Plugins;

namespace Sampan.Scheduler.Preemption;

/// <summary>Tells the API server, and the victims' users, that pods have to go.</summary>
internal sealed class Evictor(PluginContext context)
{
    private const string DisruptionTarget = "DisruptionTarget";

    /// <summary>
    /// Deletes the victims side by side, and the last one when all others are told: when one of them could not be, it is spared.
    /// False then.
    /// </summary>
    public async Task<bool> EvictAsync(PodInfo preemptor, string node, IReadOnlyList<PodInfo> victims)
    {
        if (victims.Count == 0) return true;
        var told = await Task.WhenAll(victims.SkipLast(1).Select(victim => EvictAsync(preemptor, node, victim)));
        return told.All(done => done) && await EvictAsync(preemptor, node, victims[^1]);
    }

    /// <summary>Takes back the nomination of a pod whose place goes to a more important one; false when that failed.</summary>
    public Task<bool> ClearNominationAsync(PodInfo pod)
    {
        var patch = new JsonObject { ["metadata"] = Metadata(pod.Pod), ["status"] = new JsonObject { ["nominatedNodeName"] = null } };
        return TryAsync(pod, () => PatchStatusAsync(pod.Pod, patch));
    }

    // One that is not bound yet does not run: its place is free when it is turned away.
    private async Task<bool> EvictAsync(PodInfo preemptor, string node, PodInfo victim)
    {
        var isPending = context.PreemptPending(victim.Uid, nameof(DefaultPreemption));
        var isThere = true;
        if (!isPending && !await TryAsync(victim, () => DeleteAsync(preemptor, victim), () => isThere = false)) return false;
        if (isThere) Tell(preemptor, node, victim, isPending);
        return true;
    }

    private void Tell(PodInfo preemptor, string node, PodInfo victim, bool isPending) => context.Events.Event(
        victim.Pod, "Normal", "Preempted", $"Preempted by pod {preemptor.Uid} on node {node}{(isPending ? " (in kube-scheduler memory)." : "")}", "Preempting", preemptor.Pod);

    private async Task DeleteAsync(PodInfo preemptor, PodInfo victim)
    {
        var condition = Condition(preemptor.Pod, victim.Pod);
        if (!IsSaid(condition, victim.Pod)) await PatchStatusAsync(victim.Pod, Status(condition, victim.Pod));
        await context.Client.Of<Pod>().DeleteAsync(
            victim.Key.Namespace, victim.Key.Name, new DeleteOptions { Preconditions = new Preconditions { Uid = victim.Uid } }, context.Stopping);
    }

    private async Task<bool> TryAsync(PodInfo pod, Func<Task> action, Action? gone = null)
    {
        try
        {
            await action();
            return true;
        }
        catch (StatusException e) when (e.IsNotFound || e.IsConflict)
        {
            gone?.Invoke();                 // or replaced by another of the same name
            return true;
        }
        catch (Exception e)
        {
            if (!context.Stopping.IsCancellationRequested) context.Log.LogWarning("{Pod} could not make room: {Reason}", pod, e.Message);
            return false;
        }
    }

    private PodCondition Condition(Pod preemptor, Pod victim) => new()
    {
        Type = DisruptionTarget,
        ObservedGeneration = victim.Metadata.Generation,
        Status = "True",
        Reason = "PreemptionByScheduler",
        Message = $"{preemptor.Spec.SchedulerName}: preempting to accommodate a higher priority pod",
        LastTransitionTime = context.Time.GetUtcNow(),
    };

    private static bool IsSaid(PodCondition condition, Pod victim) => victim.Status.Conditions?.Find(c => c.Type == DisruptionTarget) is { } said
        && (said.Status, said.Reason, said.Message, said.ObservedGeneration) == (condition.Status, condition.Reason, condition.Message, condition.ObservedGeneration);

    private static JsonObject Status(PodCondition condition, Pod victim)
    {
        var written = new JsonObject
        {
            ["type"] = condition.Type,
            ["status"] = condition.Status,
            ["reason"] = condition.Reason,
            ["message"] = condition.Message,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = condition.LastTransitionTime.ToString(),
        };
        if (condition.ObservedGeneration > 0) written["observedGeneration"] = condition.ObservedGeneration;
        return new() { ["metadata"] = Metadata(victim), ["status"] = new JsonObject { ["conditions"] = new JsonArray(written) } };
    }

    private static JsonObject Metadata(Pod pod) => new() { ["uid"] = pod.Metadata.Uid };

    private Task<Pod> PatchStatusAsync(Pod pod, JsonObject patch) =>
        context.Client.Of<Pod>().PatchAsync(pod.Metadata.Namespace, pod.Metadata.Name!, Patch.StrategicMerge(patch), "status", context.Stopping);
}
