using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// What is next with a pod's init containers. The last one that was started counts: those before it are done, even where the runtime
/// has lost them, but for sidecars, which are kept running.
/// <code>
/// i1 EXITED(0)                              ──▶ start i2
/// s1 EXITED, i2 lost, s3 RUNNING, started   ──▶ start s1, and then main containers
/// s1 EXITED, s2 RUNNING, s3 EXITED          ──▶ start s1 and s3
/// </code>
/// Upstream: computeInitContainerActions.
/// </summary>
internal sealed class InitPlanner(ProbeVerdicts verdicts, ResizePlanner resizes)
{
    /// <param name="pod">The pod.</param>
    /// <param name="current">What its sandbox holds, by name.</param>
    /// <param name="initialized">A main container was started there.</param>
    /// <param name="steps">Gets what has to be done.</param>
    public InitProgress Plan(Pod pod, ILookup<string, Cri.ContainerStatus> current, bool initialized, PlanSteps steps)
    {
        var init = pod.Spec.InitContainers.OrEmpty();
        if (init.Count == 0)
        {
            return InitProgress.Done;
        }

        int last = initialized ? init.Count : Enumerable.Range(0, init.Count).LastOrDefault(i => current.Contains(init[i].Name), -1);
        if (last == -1)
        {
            steps.Start.Add(init[0]);
            return InitProgress.UnderWay;
        }

        foreach (var sidecar in init.Take(last).Where(c => c.IsSidecar()))
        {
            Keep(pod, sidecar, current[sidecar.Name].FirstOrDefault(), steps);
        }

        if (last == init.Count)
        {
            return InitProgress.Done;
        }

        var progress = PlanLast(pod, init[last], current[init[last].Name].First(), steps);
        if (progress == InitProgress.Done && last + 1 < init.Count)
        {
            steps.Start.Add(init[last + 1]);
            return InitProgress.UnderWay;
        }

        return progress;
    }

    /// <returns>Done: what follows it may start.</returns>
    private InitProgress PlanLast(Pod pod, Container container, Cri.ContainerStatus status, PlanSteps steps)
    {
        if (container.IsSidecar())
        {
            Keep(pod, container, status, steps);
            return verdicts.IsStarted(container, status) ? InitProgress.Done : InitProgress.UnderWay;
        }

        // One of its processes may have been killed for its memory and the first have ended well: what it was to do is not done.
        var isKilled = status.Reason == "OOMKilled";
        if (status is { State: Cri.ContainerState.ContainerExited, ExitCode: 0 } && !isKilled)
        {
            return InitProgress.Done;
        }

        bool mayStartAgain = status.State switch
        {
            Cri.ContainerState.ContainerExited when status.ExitCode == 0 => RestartRules.PolicyAllowsFailure(pod, container),
            Cri.ContainerState.ContainerExited => RestartRules.Allow(pod, container, status.ExitCode),

            // Nobody knows its exit code, so no rule can ask for it.
            Cri.ContainerState.ContainerUnknown => RestartRules.PolicyAllowsFailure(pod, container),
            _ => true,
        };
        if (status.State == Cri.ContainerState.ContainerRunning)
        {
            resizes.Plan(pod, container, status, steps);
        }
        else if (mayStartAgain)
        {
            steps.Restart(container, status, "Init container");
        }

        return mayStartAgain ? InitProgress.UnderWay : InitProgress.Failed;
    }

    private void Keep(Pod pod, Container sidecar, Cri.ContainerStatus? status, PlanSteps steps)
    {
        if (status is not { State: Cri.ContainerState.ContainerRunning })
        {
            steps.Restart(sidecar, status, "Init container");
        }
        else if (verdicts.IsStarted(sidecar, status) && ContainerHash.IsOutdated(sidecar, status))
        {
            steps.Replace(new ContainerKill(status, sidecar, $"Init container {sidecar.Name} definition changed"));
        }
        else if (verdicts.Of(sidecar, status, "Init container") is { } kill)
        {
            steps.Replace(kill);
        }
        else
        {
            resizes.Plan(pod, sidecar, status, steps);
        }
    }
}
