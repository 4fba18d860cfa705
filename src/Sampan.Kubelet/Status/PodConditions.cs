using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Status;

/// <summary>The conditions that the kubelet owns.</summary>
internal static class PodConditions
{
    public const string ReadyToStartContainers = "PodReadyToStartContainers";
    public const string Initialized = "Initialized";
    public const string Ready = "Ready";
    public const string ContainersReady = "ContainersReady";
    public const string Scheduled = "PodScheduled";
    public const string DisruptionTarget = "DisruptionTarget";
    public const string ResizePending = "PodResizePending";
    public const string ResizeInProgress = "PodResizeInProgress";
    public const string AllContainersRestarting = "AllContainersRestarting";
    private const string Completed = "PodCompleted";
    private const string Failed = "PodFailed";

    /// <summary>Those that are absent, rather than False, when they do not hold.</summary>
    public static readonly IReadOnlyList<string> Passing = [ResizePending, ResizeInProgress];

    public static List<PodCondition> Of(PodView view, string phase, List<ContainerStatus> init, List<ContainerStatus> main)
    {
        var containers = ContainersReadiness(view.Pod, phase, init, main);
        List<PodCondition> conditions =
        [
            New(ReadyToStartContainers, HasSandbox(view.Pod, view.State)),
            Initialization(view.Pod, phase, init, main),
            Readiness(view, containers),
            containers,
            New(Scheduled, true),
        ];
        if (view is { IsTerminal: false, PendingResize: { } pending })
        {
            conditions.Add(New(ResizePending, true, pending.Reason, pending.Message));
        }

        if (view is { IsTerminal: true, Termination: { IsDisruption: true } disruption })
        {
            conditions.Add(New(DisruptionTarget, true, "TerminationByKubelet", disruption.Message));
        }

        if (view is { IsTerminal: false, IsResizing: true })
        {
            conditions.Add(New(ResizeInProgress, true, view.ResizeError is null ? null : "Error", view.ResizeError));
        }

        if (PodRestart.IsPossible(view.Pod))
        {
            conditions.Add(Restart(view, phase));
        }

        foreach (var condition in conditions)
        {
            // A newer specification may wait while an older one is still being put in force.
            condition.ObservedGeneration = condition.Type == ResizeInProgress && view.ResizedTo is { } granted ? granted : view.Pod.Metadata.Generation;
            var before = view.Previous.Conditions.OrEmpty().FirstOrDefault(c => c.Type == condition.Type);
            condition.LastTransitionTime = before?.Status == condition.Status && before.LastTransitionTime is { } since ? since : view.Now;
        }

        return conditions;
    }

    private static PodCondition New(string type, bool status, string? reason = null, string? message = null) =>
        new() { Type = type, Status = status ? "True" : "False", Reason = reason, Message = message };

    private static PodCondition Restart(PodView view, string phase)
    {
        if (phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return New(AllContainersRestarting, false, phase == PodPhase.Succeeded ? Completed : Failed);
        }

        return view.StartsOver
            ? New(AllContainersRestarting, true, "RestartAllContainersStarted", "container exited with restart policy rule")
            : New(AllContainersRestarting, false);
    }

    private static bool HasSandbox(Pod pod, PodRuntimeState state) =>
        state.ReadySandbox is { } sandbox && (pod.Spec.HostNetwork || sandbox.Network is { Ip.Length: > 0 });

    private static PodCondition Initialization(Pod pod, string phase, List<ContainerStatus> init, List<ContainerStatus> main)
    {
        if (phase == PodPhase.Succeeded)
        {
            return New(Initialized, true, Completed);
        }

        if (main.Exists(s => s.State.Running is not null || s.LastState.Terminated is not null || s.State.Terminated is not null))
        {
            return New(Initialized, true);
        }

        var sidecars = pod.Sidecars().Select(c => c.Name).ToHashSet();
        var incomplete = init.Where(s => sidecars.Contains(s.Name) ? s.Started != true : !s.Ready).Select(s => s.Name).ToList();
        return incomplete.Count == 0
            ? New(Initialized, true)
            : New(Initialized, false, "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', incomplete)}]");
    }

    private static PodCondition ContainersReadiness(Pod pod, string phase, List<ContainerStatus> init, List<ContainerStatus> main)
    {
        if (phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return New(ContainersReady, false, phase == PodPhase.Succeeded ? Completed : Failed);
        }

        var sidecars = pod.Sidecars().Select(c => c.Name).ToHashSet();
        var unready = init.Where(s => sidecars.Contains(s.Name) && !s.Ready)
            .Select(s => s.Name)
            .Concat(pod.Spec.Containers.Select(c => c.Name).Where(name => !main.Exists(s => s.Name == name && s.Ready)))
            .ToList();
        return unready.Count == 0
            ? New(ContainersReady, true)
            : New(ContainersReady, false, "ContainersNotReady", $"containers with unready status: [{string.Join(' ', unready)}]");
    }

    private static PodCondition Readiness(PodView view, PodCondition containers)
    {
        if (containers.Status != "True")
        {
            return New(Ready, false, containers.Reason, containers.Message);
        }

        var messages = new List<string>();
        foreach (var gate in view.Pod.Spec.ReadinessGates.OrEmpty())
        {
            var condition = view.Pod.Status.Conditions.OrEmpty().FirstOrDefault(c => c.Type == gate.ConditionType);
            if (condition is null)
            {
                messages.Add($"corresponding condition of pod readiness gate \"{gate.ConditionType}\" does not exist.");
            }
            else if (condition.Status != "True")
            {
                messages.Add($"the status of pod readiness gate \"{gate.ConditionType}\" is not \"True\", but {condition.Status}");
            }
        }

        return messages.Count == 0 ? New(Ready, true) : New(Ready, false, "ReadinessGatesNotReady", string.Join(", ", messages));
    }
}
