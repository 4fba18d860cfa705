using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Preemption;

/// <summary>Tells the API server, and the victims' users, that pods have to go.</summary>
internal sealed class Evictor(PluginContext context)
{
    /// <summary>Deletes the victims side by side; false when one of them could not be.</summary>
    public async Task<bool> EvictAsync(PodInfo preemptor, string node, IReadOnlyList<PodInfo> victims)
    {
        var outcomes = await Task.WhenAll(victims.Where(v => v.Pod.Metadata.DeletionTimestamp is null).Select(v => EvictAsync(preemptor, node, v)));
        return outcomes.All(done => done);
    }

    /// <summary>Takes back the nomination of a pod whose place goes to a more important one.</summary>
    public async Task ClearNominationAsync(PodInfo pod)
    {
        var patch = new JsonObject { ["metadata"] = Metadata(pod.Pod), ["status"] = new JsonObject { ["nominatedNodeName"] = null } };
        await TryAsync(pod, () => PatchStatusAsync(pod.Pod, patch));
    }

    // One that still waits for a permit does not run: its place is free when it is turned away.
    private async Task<bool> EvictAsync(PodInfo preemptor, string node, PodInfo victim)
    {
        var done = context.RejectWaiting(victim.Uid, "preempted") || await TryAsync(victim, async () =>
        {
            await PatchStatusAsync(victim.Pod, Condition(preemptor.Pod, victim.Pod));
            await context.Client.Of<Pod>().DeleteAsync(
                victim.Key.Namespace, victim.Key.Name, new DeleteOptions { Preconditions = new Preconditions { Uid = victim.Uid } }, context.Stopping);
        });
        if (done) context.Events.Event(victim.Pod, "Normal", "Preempted", $"Preempted by pod {preemptor.Uid} on node {node}", "Preempting");
        return done;
    }

    private async Task<bool> TryAsync(PodInfo pod, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (StatusException e) when (e.IsNotFound || e.IsConflict)
        {
            return true;                    // gone, or replaced by another of the same name
        }
        catch (Exception e)
        {
            if (!context.Stopping.IsCancellationRequested) context.Log.LogWarning("{Pod} could not make room: {Reason}", pod, e.Message);
            return false;
        }
    }

    private JsonObject Condition(Pod preemptor, Pod victim)
    {
        var condition = new JsonObject
        {
            ["type"] = "DisruptionTarget",
            ["status"] = "True",
            ["reason"] = "PreemptionByScheduler",
            ["message"] = $"{preemptor.Spec.SchedulerName}: preempting to accommodate a higher priority pod",
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = ((Time)context.Time.GetUtcNow()).ToString(),
        };
        if (victim.Metadata.Generation > 0) condition["observedGeneration"] = victim.Metadata.Generation;
        return new() { ["metadata"] = Metadata(victim), ["status"] = new JsonObject { ["conditions"] = new JsonArray(condition) } };
    }

    private static JsonObject Metadata(Pod pod) => new() { ["uid"] = pod.Metadata.Uid };

    private Task<Pod> PatchStatusAsync(Pod pod, JsonObject patch) =>
        context.Client.Of<Pod>().PatchAsync(pod.Metadata.Namespace, pod.Metadata.Name!, Patch.StrategicMerge(patch), "status", context.Stopping);
}
