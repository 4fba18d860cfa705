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
        return usable ? PlanContainers(pod, state, latest!) : PlanSandbox(pod, state, latest);
    }

    private static IEnumerable<Cri.ContainerStatus> InSandbox(PodRuntimeState state, Cri.PodSandboxStatus? sandbox) =>
        state.Containers.Where(c => sandbox is not null && state.SandboxOf.GetValueOrDefault(c.Id) == sandbox.Id);

    private static bool HasSucceeded(Cri.ContainerStatus? status) =>
        status is { State: Cri.ContainerState.ContainerExited, ExitCode: 0 };

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
        if (resources(pod, null) is { } whole)
        {
            steps.Whole.UnionWith(ContainerResources.Of(pod.Spec).DifferencesFrom(whole));
        }

        var current = InSandbox(state, sandbox).ToLookup(c => c.Metadata.Name);
        var initialized = pod.Spec.Containers.Exists(c => current.Contains(c.Name));
        foreach (var ephemeral in pod.Spec.EphemeralContainers.OrEmpty().Where(e => state.Latest(e.Name) is null))
        {
            steps.Start.Add(ephemeral.ToContainer());
        }

        if (initialized)
        {
            KeepSidecars(pod, current, steps);
        }
        else if (!PlanInit(pod, current, steps, out var failed))
        {
            return failed ? new PodPlan { KillPod = true } : steps.ToPlan();
        }

        PlanMain(pod, state, steps);
        var isDone = pod.Spec.Containers.TrueForAll(c => state.Latest(c.Name) is { State: Cri.ContainerState.ContainerExited } last && !ShouldRestart(pod, c, last));
        return isDone ? new PodPlan { KillPod = true } : steps.ToPlan();
    }

    private void KeepSidecars(Pod pod, ILookup<string, Cri.ContainerStatus> current, PlanSteps steps)
    {
        foreach (var sidecar in pod.Sidecars())
        {
            var status = current[sidecar.Name].FirstOrDefault();
            PlanSidecar(sidecar, status, steps);
            if (status?.State == Cri.ContainerState.ContainerRunning && !steps.Start.Contains(sidecar) && resources(pod, sidecar) is { } told)
            {
                PlanResize(sidecar, status, told, steps);
            }
        }
    }

    /// <returns>Whether a sidecar is up, so that what follows it may start.</returns>
    private bool PlanSidecar(Container sidecar, Cri.ContainerStatus? status, PlanSteps steps)
    {
        if (status?.State == Cri.ContainerState.ContainerRunning)
        {
            if (_verdicts.Of(sidecar, status, isRestarted: true) is { } kill)
            {
                steps.Replace(kill);
                return false;
            }

            return _verdicts.IsStarted(sidecar, status);
        }

        steps.Restart(sidecar, status);
        return false;
    }

    /// <returns>Whether all init containers are done.</returns>
    private bool PlanInit(Pod pod, ILookup<string, Cri.ContainerStatus> current, PlanSteps steps, out bool failed)
    {
        failed = false;
        foreach (var init in pod.Spec.InitContainers.OrEmpty())
        {
            var status = current[init.Name].FirstOrDefault();
            if (init.IsSidecar())
            {
                if (!PlanSidecar(init, status, steps))
                {
                    return false;
                }
            }
            else if (!HasSucceeded(status))
            {
                failed = status?.State == Cri.ContainerState.ContainerExited && !RestartRules.Allow(pod, init, status.ExitCode);
                if (!failed && status?.State != Cri.ContainerState.ContainerRunning)
                {
                    steps.Restart(init, status);
                }

                return false;
            }
        }

        return true;
    }

    private void PlanMain(Pod pod, PodRuntimeState state, PlanSteps steps)
    {
        foreach (var container in pod.Spec.Containers)
        {
            var status = state.Latest(container.Name);
            if (status is not { State: Cri.ContainerState.ContainerRunning })
            {
                if (ShouldRestart(pod, container, status))
                {
                    steps.Restart(container, status);
                }

                continue;
            }

            var changed = status.Annotations.TryGetValue(RuntimeLabels.ContainerHash, out var hash) && hash != ContainerHash.Of(container);
            if (changed)
            {
                steps.Replace(new ContainerKill(status, container, $"Container {container.Name} definition changed, will be restarted"));
            }
            else if (_verdicts.Of(container, status, RestartRules.MayRestart(pod, container)) is { } kill)
            {
                steps.Kill.Add(kill);
                if (RestartRules.MayRestart(pod, container))
                {
                    steps.Start.Add(container);
                }
            }
            else if (resources(pod, container) is { } told)
            {
                PlanResize(container, status, told, steps);
            }
        }
    }

    /// <summary>New resources are told to the runtime, or the container starts anew with them where it wants that.</summary>
    private static void PlanResize(Container container, Cri.ContainerStatus status, ContainerResources told, PlanSteps steps)
    {
        // A container without a limit of its own has the pod's.
        var inherited = steps.Whole.Where(name => !container.Resources.Limits.OrEmpty().ContainsKey(name));
        var changed = ContainerResources.Of(container).DifferencesFrom(told).Concat(inherited).ToHashSet();
        if (changed.Count == 0)
        {
            return;
        }

        if (container.ResizePolicy.OrEmpty().Any(p => p.RestartPolicy == "RestartContainer" && changed.Contains(p.ResourceName)))
        {
            steps.Replace(new ContainerKill(status, container, $"Container {container.Name} resize requires restart"));
        }
        else
        {
            steps.Resize.Add(new ContainerResize(status, container));
        }
    }
}
