using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Probes;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Runtime;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Compares a pod's specification with what the runtime holds and says what to do next. It has no effects, so every rule of
/// starting, restarting and ordering can be tested as data.
/// </summary>
/// <remarks>Upstream: pkg/kubelet/kuberuntime, computePodActions.</remarks>
/// <param name="probes">What probes found.</param>
/// <param name="resources">What the runtime was told that a container may use; null for one that it does not run. Without a container, of the pod as a whole.</param>
internal sealed class PodPlanner(IProbeResults probes, Func<Pod, Container?, ContainerResources?> resources)
{
    private readonly ProbeVerdicts _verdicts = new(probes);
    private readonly ResizePlanner _resizes = new(resources);

    /// <param name="pod">The pod.</param>
    /// <param name="state">What the runtime holds.</param>
    /// <param name="startsOver">All containers have to go before anything starts.</param>
    public PodPlan Plan(Pod pod, PodRuntimeState state, bool startsOver = false)
    {
        if (startsOver)
        {
            return new PodPlan { Remove = PodRestart.ToRemove(pod, state) };
        }

        var hostNetwork = pod.Spec.HostNetwork;
        var ready = state.Sandboxes.Count(s => s.State == Cri.PodSandboxState.SandboxReady);
        var latest = state.LatestSandbox;
        var usable = latest is not null
            && ready == 1
            && latest.State == Cri.PodSandboxState.SandboxReady
            && (hostNetwork || !string.IsNullOrEmpty(latest.Network?.Ip));
        var plan = usable ? PlanContainers(pod, state, latest!) : PlanSandbox(pod, state, latest);
        return plan with { StartsResized = plan.Start.Any(container => _resizes.IsResized(pod, container)) };
    }

    /// <summary>Whether a pod has to be started from nothing: after a reboot all that it had is there, and none of it runs.</summary>
    public static bool StartsAnew(Pod pod, PodRuntimeState state) => state.ReadySandbox is null && PlanSandbox(pod, state, state.LatestSandbox).CreateSandbox;

    private static bool ShouldRestart(Pod pod, Container container, Cri.ContainerStatus? last) => last switch
    {
        null => true,
        { State: Cri.ContainerState.ContainerRunning } => false,
        { State: Cri.ContainerState.ContainerUnknown or Cri.ContainerState.ContainerCreated } => true,
        _ => RestartRules.Allow(pod, container, last.ExitCode),
    };

    private static PodPlan PlanSandbox(Pod pod, PodRuntimeState state, Cri.PodSandboxStatus? latest)
    {
        var wanted = pod.Spec.Containers.Where(c => ShouldRestart(pod, c, state.Latest(c.Name)) || state.Latest(c.Name)?.State == Cri.ContainerState.ContainerRunning).ToList();
        var cannotRestart = !pod.Spec.Containers.Exists(c => RestartRules.MayRestart(pod, c)) && latest is not null && !state.Containers.IsEmpty;
        if (cannotRestart || wanted.Count == 0)
        {
            return new PodPlan { KillPod = latest is not null };
        }

        var init = pod.Spec.InitContainers.OrEmpty();
        return new PodPlan
        {
            KillPod = latest is not null,
            CreateSandbox = true,
            Attempt = latest is null ? 0 : latest.Metadata.Attempt + 1,
            Start = init.Count > 0 ? [init[0]] : wanted,
        };
    }

    private PodPlan PlanContainers(Pod pod, PodRuntimeState state, Cri.PodSandboxStatus sandbox)
    {
        var steps = new PlanSteps();
        _resizes.PlanWhole(pod, steps);
        foreach (var ephemeral in pod.Spec.EphemeralContainers.OrEmpty().Where(e => state.Latest(e.Name) is null))
        {
            steps.Start.Add(ephemeral.ToContainer());
        }

        var current = state.In(sandbox).ToLookup(c => c.Metadata.Name);
        var initialized = pod.Spec.Containers.Exists(c => current.Contains(c.Name));
        var progress = new InitPlanner(_verdicts, _resizes).Plan(pod, current, initialized, steps);
        if (progress != InitProgress.Done)
        {
            return progress == InitProgress.Failed ? new PodPlan { KillPod = true } : steps.ToPlan();
        }

        foreach (var container in pod.Spec.Containers)
        {
            PlanMain(pod, container, state.Latest(container.Name), steps);
        }

        var isDone = pod.Spec.Containers.TrueForAll(c => state.Latest(c.Name) is { State: Cri.ContainerState.ContainerExited } last && !ShouldRestart(pod, c, last));
        return isDone ? new PodPlan { KillPod = true } : steps.ToPlan();
    }

    private void PlanMain(Pod pod, Container container, Cri.ContainerStatus? status, PlanSteps steps)
    {
        if (status is not { State: Cri.ContainerState.ContainerRunning })
        {
            if (ShouldRestart(pod, container, status))
            {
                steps.Restart(container, status, "Container");
            }
        }
        else if (ContainerHash.IsOutdated(container, status))
        {
            steps.Replace(new ContainerKill(status, container, $"Container {container.Name} definition changed, will be restarted"));
        }
        else if (_verdicts.Of(container, status, "Container") is not { } kill)
        {
            _resizes.Plan(pod, container, status, steps);
        }
        else if (RestartRules.PolicyAllowsFailure(pod, container))
        {
            steps.Replace(kill with { Message = $"{kill.Message}, will be restarted" });
        }
        else
        {
            // It may start again by a rule, once its exit code is known.
            steps.Kill.Add(kill);
        }
    }
}
