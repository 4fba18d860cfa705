using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Status;

/// <summary>
/// Ends that nobody saw, in a pod of which nothing runs any more: a container that was to run counts as failed.
/// <code>
/// init DONE, web RUNNING, cache WAITING ── evicted ──▶ init DONE, web KILLED, cache UNKNOWN(137)
/// </code>
/// </summary>
/// <remarks>Upstream: pkg/kubelet/status, TerminatePod.</remarks>
internal static class UnseenEnds
{
    public static void Tell(List<ContainerStatus> init, List<ContainerStatus> main)
    {
        var mustHaveRun = init.Take(Begun(init));
        foreach (var status in IsInitialized(init, main) ? mustHaveRun.Concat(main) : mustHaveRun)
        {
            if (status.State.Terminated is null)
            {
                status.State = new() { Terminated = new() { ExitCode = 137, Reason = "ContainerStatusUnknown", Message = "The container could not be located when the pod was terminated" } };
            }
        }
    }

    private static bool IsInitialized(List<ContainerStatus> init, List<ContainerStatus> main) =>
        init.Count == 0 || main.Exists(HasRun) || init[^1].State.Terminated is { ExitCode: 0 } || init[^1].LastState.Terminated is { ExitCode: 0 };

    /// <summary>Init containers up to the last that ran; the first has always begun.</summary>
    private static int Begun(List<ContainerStatus> init) => init.Count == 0 ? 0 : Math.Max(init.FindLastIndex(HasRun), 0) + 1;

    private static bool HasRun(ContainerStatus status) => status.State.Running is not null || status.State.Terminated is not null || status.LastState.Terminated is not null;
}
