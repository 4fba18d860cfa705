using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Sampan.Api.Core.V1;
using Sampan.Api.Meta.V1;
using Sampan.Client;
using Sampan.Client.Events;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Bindings;

/// <summary>Binds pods, and tells their users, through the API.</summary>
internal sealed class ApiBinder(ApiClient client, IReadOnlyDictionary<string, EventRecorder> recorders, TimeProvider time, ILogger log, CancellationToken stopping) : IBinder
{
    private const string ScheduledCondition = "PodScheduled";
    private const int MaxNote = 1024;
    private const string Ellipsis = " ...";

    public async Task BindAsync(Pod pod, string node, CancellationToken ct)
    {
        var binding = new Binding
        {
            Metadata = new ObjectMeta { Name = pod.Metadata.Name, Namespace = pod.Metadata.Namespace, Uid = pod.Metadata.Uid },
            Target = new ObjectReference { Kind = "Node", Name = node },
        };
        await client.Of<Pod>().CreateSubresourceAsync<Binding, Status>(pod.Metadata.Namespace, pod.Metadata.Name!, "binding", binding, ct);
    }

    public Task NominateAsync(Pod pod, string node, CancellationToken ct) =>
        pod.Status.NominatedNodeName == node ? Task.CompletedTask : PatchStatusAsync(pod, new JsonObject { ["nominatedNodeName"] = node }, ct);

    public void ReportScheduled(Pod pod, string node) =>
        RecorderOf(pod).Event(pod, "Normal", "Scheduled", $"Successfully assigned {pod.Metadata.Namespace}/{pod.Metadata.Name} to {node}", "Binding");

    public void ReportUnschedulable(Pod pod, string reason, string message, string? nominatedNode = null)
    {
        RecorderOf(pod).Event(pod, "Warning", "FailedScheduling", Shortened(message), "Scheduling");
        var known = pod.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type == ScheduledCondition);
        if (known is { Status: "False" } && known.Reason == reason && known.Message == message && known.ObservedGeneration == pod.Metadata.Generation && (nominatedNode is null || (pod.Status.NominatedNodeName ?? "") == nominatedNode)) return;
        _ = PatchConditionAsync(pod, reason, message, nominatedNode, known?.Status == "False" ? known.LastTransitionTime : null);
    }

    // An event's note is no longer.
    private static string Shortened(string message) => message.Length <= MaxNote ? message : string.Concat(message.AsSpan(0, MaxNote - Ellipsis.Length), Ellipsis);

    // Events come from the scheduler that the pod asked for.
    private EventRecorder RecorderOf(Pod pod) => recorders[string.IsNullOrEmpty(pod.Spec.SchedulerName) ? Profile.DefaultSchedulerName : pod.Spec.SchedulerName];

    private async Task PatchConditionAsync(Pod pod, string reason, string message, string? nominatedNode, Time? since)
    {
        var condition = new JsonObject
        {
            ["type"] = ScheduledCondition,
            ["status"] = "False",
            ["reason"] = reason,
            ["message"] = message,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = (since ?? (Time)time.GetUtcNow()).ToString(),
        };
        if (pod.Metadata.Generation > 0) condition["observedGeneration"] = pod.Metadata.Generation;
        var status = new JsonObject { ["conditions"] = new JsonArray(condition) };
        if (nominatedNode is not null) status["nominatedNodeName"] = nominatedNode.Length == 0 ? null : nominatedNode;
        await PatchStatusAsync(pod, status, stopping);
    }

    private async Task PatchStatusAsync(Pod pod, JsonObject status, CancellationToken ct)
    {
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid }, ["status"] = status };
        try
        {
            await client.Of<Pod>().PatchAsync(pod.Metadata.Namespace, pod.Metadata.Name!, Patch.StrategicMerge(patch), "status", ct);
        }
        catch (StatusException e) when (e.IsNotFound || e.IsConflict)
        {
            // The pod is gone, or another of the same name has come.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("The status of {Namespace}/{Pod} could not be written: {Reason}", pod.Metadata.Namespace, pod.Metadata.Name, e.Message);
        }
    }
}
