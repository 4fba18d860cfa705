using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Status;

/// <summary>Makes a pod's status from what is known of it. It has no effects and the same view gives the same status.</summary>
internal static class PodStatusGenerator
{
    public static PodStatus Generate(PodView view)
    {
        if (view.Termination is { IsRejection: true } rejection)
        {
            return Rejected(view, rejection);
        }

        var (pod, statuses) = (view.Pod, new ContainerStatuses(view));
        var (init, main, ephemeral) = (statuses.OfInit(), statuses.OfMain(), statuses.OfEphemeral());
        var hostIPs = view.Node.Addresses;
        var podIPs = PodIPs(view);
        var phase = Phase(view, init, main);
        if (view.IsTerminal)
        {
            UnseenEnds.Tell(init, main);
        }

        MessageBudget.Apply(pod, [.. init, .. main, .. ephemeral]);

        return new PodStatus
        {
            ObservedGeneration = pod.Metadata.Generation,
            Phase = phase,
            Reason = Why(view, phase, view.Termination?.Reason, view.Previous.Reason),
            Message = Why(view, phase, view.Termination?.Message, view.Previous.Message),
            Conditions = PodConditions.Of(view, phase, init, main),
            HostIP = hostIPs.FirstOrDefault(),
            HostIPs = [.. hostIPs.Select(ip => new HostIP { Ip = ip })],
            PodIP = podIPs.FirstOrDefault(),
            PodIPs = podIPs.Count > 0 ? [.. podIPs.Select(ip => new PodIP { Ip = ip })] : null,
            StartTime = view.Previous.StartTime ?? view.Now,
            InitContainerStatuses = init.Count > 0 ? init : null,
            ContainerStatuses = main,
            EphemeralContainerStatuses = ephemeral.Count > 0 ? ephemeral : null,
            QosClass = QosClass.Of(pod),
            AllocatedResources = PodResourceStatus.Allocated(pod),
            Resources = PodResourceStatus.Of(pod, view.InForce ?? pod, view.Previous.Phase == PodPhase.Running),
        };
    }

    /// <summary>
    /// A sandbox that stopped has no address any more: the pod is still known by the one it had. Who is on the node's network keeps
    /// the addresses that the node had at first, and gets one of another family when the node does.
    /// </summary>
    private static IReadOnlyList<string> PodIPs(PodView view)
    {
        string[] before = [.. view.Previous.PodIPs.OrEmpty().Select(ip => ip.Ip)];
        if (!view.Pod.Spec.HostNetwork)
        {
            return SandboxAddresses.Of(view.State.LatestSandbox, view.Node) is { Count: > 0 } now ? now : before;
        }

        return (before, view.Node.Addresses) switch
        {
            ([], var all) => all,
            ([var first], [_, var second]) when first.Contains(':', StringComparison.Ordinal) != second.Contains(':', StringComparison.Ordinal) => [first, second],
            _ => before,
        };
    }

    /// <summary>It has no containers to tell of.</summary>
    private static PodStatus Rejected(PodView view, PodTermination rejection) => new()
    {
        ObservedGeneration = view.Pod.Metadata.Generation,
        Phase = PodPhase.Failed,
        Reason = rejection.Reason,
        Message = "Pod was rejected: " + rejection.Message,
        StartTime = view.Previous.StartTime ?? view.Now,
        QosClass = QosClass.Of(view.Pod),
    };

    private static string Phase(PodView view, List<ContainerStatus> init, List<ContainerStatus> main)
    {
        if (view.Previous.Phase is PodPhase.Succeeded or PodPhase.Failed)
        {
            return view.Previous.Phase;
        }

        if (view is { IsTerminal: true, Termination.Reason: not null })
        {
            return PodPhase.Failed;
        }

        var phase = view.StartsOver ? PodPhase.Pending : PodPhase.Of(view.Pod, ThisTime(view, init), ThisTime(view, main), view.IsTerminal, IsInitialized(view));
        return IsTooEarly(view, phase, init.Concat(main)) ? PodPhase.Pending
            : IsToldLater(view, phase) ? view.Previous.Phase ?? PodPhase.Pending
            : phase;
    }

    private static bool IsInitialized(PodView view) => view.State.In(view.State.LatestSandbox).Any(c => view.Pod.Spec.Containers.Exists(main => main.Name == c.Metadata.Name));

    /// <summary>The end of a pod that somebody ends is told in one go: with its reason, and when what it held is free.</summary>
    private static bool IsToldLater(PodView view, string phase) =>
        !view.IsTerminal && phase is (PodPhase.Succeeded or PodPhase.Failed) && (view.Termination is not null || view.Pod.Metadata.DeletionTimestamp is not null);

    /// <summary>An init container failed, and sidecars run still: what a pod holds is told to be free only when nothing of it runs.</summary>
    private static bool IsTooEarly(PodView view, string phase, IEnumerable<ContainerStatus> containers) =>
        !view.IsTerminal && phase == PodPhase.Failed && containers.Any(c => c.State.Running is not null);

    /// <summary>How containers ended before the pod started over decides nothing any more.</summary>
    private static List<ContainerStatus> ThisTime(PodView view, List<ContainerStatus> statuses) => view.IsTerminal || !PodRestart.IsPossible(view.Pod)
        ? statuses
        : [.. statuses.Select(s => IsOfBefore(s) || PodRestart.StartsOver(view.Pod, view.State, s.Name) ? new ContainerStatus { Name = s.Name, State = s.State } : s)];

    private static bool IsOfBefore(ContainerStatus status) => status is { State.Waiting: not null, LastState.Terminated.Reason: ContainerStatuses.StartingOver };

    /// <summary>Why the node ended a pod is told with its end. Until then, and after it, what others said stays as long as the phase does.</summary>
    private static string? Why(PodView view, string phase, string? told, string? before) =>
        view.Termination is null ? (view.Previous.Phase == phase ? before : null)
        : view.IsTerminal ? told
        : before;
}
