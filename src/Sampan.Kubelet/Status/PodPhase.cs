using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Status;

/// <summary>A pod's phase from the states of its containers.</summary>
internal static class PodPhase
{
    public const string Pending = "Pending";
    public const string Running = "Running";
    public const string Succeeded = "Succeeded";
    public const string Failed = "Failed";

    /// <param name="pod">The pod.</param>
    /// <param name="init">The states of its init containers.</param>
    /// <param name="main">The states of its main containers.</param>
    /// <param name="isTerminal">Whether nothing will run again, so that a pod that always restarts has an end too.</param>
    /// <param name="isInitialized">Whether a main container has started in the sandbox that the pod has now.</param>
    public static string Of(Pod pod, List<ContainerStatus> init, List<ContainerStatus> main, bool isTerminal, bool isInitialized)
    {
        var sidecars = pod.Sidecars().Select(c => c.Name).ToHashSet();
        var ordinary = init.Where(s => !sidecars.Contains(s.Name)).ToList();
        var initFailed = ordinary.Exists(s => Ended(s) is { ExitCode: not 0 } end && (isTerminal || !Restarts(pod, s, end)));
        if (initFailed)
        {
            return Failed;
        }

        // Main containers may have run in a sandbox that is no more: the pod is initialized anew.
        if (ordinary.Exists(IsUnderWay) || (!isInitialized && init.Exists(s => sidecars.Contains(s.Name) && IsUnderWay(s))))
        {
            return isTerminal ? Failed : Pending;
        }

        var hasMain = main.Exists(s => s.ContainerID is not null || s.LastState.Terminated is not null);
        if (!hasMain && (ordinary.Exists(s => s.State.Terminated is not { ExitCode: 0 }) || !isTerminal))
        {
            return isTerminal ? Failed : Pending;
        }

        if (main.Exists(s => s.State.Running is not null) || init.Exists(s => sidecars.Contains(s.Name) && s.State.Running is not null))
        {
            return main.Exists(IsNotStarted) ? Pending : Running;
        }

        if (main.Exists(IsNotStarted))
        {
            return isTerminal ? Failed : Pending;
        }

        return Finished(pod, main, isTerminal);
    }

    private static string Finished(Pod pod, List<ContainerStatus> main, bool isTerminal)
    {
        if (!isTerminal && main.Exists(s => Ended(s) is { } end && Restarts(pod, s, end)))
        {
            return Running;
        }

        return main.TrueForAll(s => Ended(s) is { ExitCode: 0 }) ? Succeeded : Failed;
    }

    private static bool Restarts(Pod pod, ContainerStatus status, ContainerStateTerminated end) =>
        pod.FindContainer(status.Name) is { } container && RestartRules.Allow(pod, container, end.ExitCode);

    /// <summary>How it last ended, also while it waits for a restart.</summary>
    private static ContainerStateTerminated? Ended(ContainerStatus status) =>
        status.State.Terminated ?? (status.State.Waiting is not null ? status.LastState.Terminated : null);

    private static bool IsUnderWay(ContainerStatus status) => status.State.Running is not null || IsNotStarted(status);

    private static bool IsNotStarted(ContainerStatus status) => status.State.Waiting is not null && status.LastState.Terminated is null;
}
