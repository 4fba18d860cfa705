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
/// <param name="resources">What the runtime was told that a container may use; null for one that it does not run.</param>
internal sealed class PodPlanner(IProbeResults probes, Func<Pod, Container, ContainerResources?> resources)
{
    public PodPlan Plan(Pod pod, PodRuntimeState state)
    {
        var hostNetwork = pod.Spec.HostNetwork;
        var ready = state.Sandboxes.Count(s => s.State == Cri.PodSandboxState.SandboxReady);
        var latest = state.LatestSandbox;
        var usable = latest is not null
            && ready == 1
            && latest.State == Cri.PodSandboxState.SandboxReady
            && (hostNetwork || !string.IsNullOrEmpty(latest.Network?.Ip));
        return usable ? PlanContainers(pod, state, latest!) : PlanSandbox(pod, state, latest);
    }

    /// <summary>Containers of an older sandbox are older than this one.</summary>
    public static IEnumerable<Cri.ContainerStatus> InSandbox(PodRuntimeState state, Cri.PodSandboxStatus? sandbox) =>
        state.Containers.Where(c => sandbox is not null && c.CreatedAt >= sandbox.CreatedAt);

    /// <summary>Once a main container exists in the sandbox, initialization is over.</summary>
    public static bool IsInitialized(Pod pod, PodRuntimeState state, Func<Container, Cri.ContainerStatus, bool> isStarted)
    {
        var current = InSandbox(state, state.LatestSandbox).ToLookup(c => c.Metadata.Name);
        return pod.Spec.Containers.Exists(c => current.Contains(c.Name))
            || pod.Spec.InitContainers.OrEmpty().All(c => current[c.Name].FirstOrDefault() is { } status
                && (c.IsSidecar() ? isStarted(c, status) : HasSucceeded(status)));
    }

    public bool IsStarted(Container container, Cri.ContainerStatus status) =>
        status.State == Cri.ContainerState.ContainerRunning
        && (container.StartupProbe is null || probes.Startup(status.Id) == ProbeResult.Success);

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
        var steps = new Steps();
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

    private void KeepSidecars(Pod pod, ILookup<string, Cri.ContainerStatus> current, Steps steps)
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
    private bool PlanSidecar(Container sidecar, Cri.ContainerStatus? status, Steps steps)
    {
        if (status?.State == Cri.ContainerState.ContainerRunning)
        {
            if (ProbeFailure(sidecar, status) is { } reason)
            {
                steps.Kill.Add(Killing(sidecar, status, reason, isRestarted: true));
                steps.Start.Add(sidecar);
                return false;
            }

            return IsStarted(sidecar, status);
        }

        steps.Start.Add(sidecar);
        return false;
    }

    /// <returns>Whether all init containers are done.</returns>
    private bool PlanInit(Pod pod, ILookup<string, Cri.ContainerStatus> current, Steps steps, out bool failed)
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
                    steps.Start.Add(init);
                }

                return false;
            }
        }

        return true;
    }

    private void PlanMain(Pod pod, PodRuntimeState state, Steps steps)
    {
        foreach (var container in pod.Spec.Containers)
        {
            var status = state.Latest(container.Name);
            if (status is not { State: Cri.ContainerState.ContainerRunning })
            {
                if (ShouldRestart(pod, container, status))
                {
                    steps.Start.Add(container);
                }

                continue;
            }

            var changed = status.Annotations.TryGetValue(RuntimeLabels.ContainerHash, out var hash) && hash != ContainerHash.Of(container);
            if (changed)
            {
                steps.Kill.Add(Killing(container, status, $"Container {container.Name} definition changed", isRestarted: true));
                steps.Start.Add(container);
            }
            else if (ProbeFailure(container, status) is { } reason)
            {
                var isRestarted = RestartRules.MayRestart(pod, container);
                steps.Kill.Add(Killing(container, status, reason, isRestarted));
                if (isRestarted)
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
    private static void PlanResize(Container container, Cri.ContainerStatus status, ContainerResources told, Steps steps)
    {
        var changed = ContainerResources.Of(container).DifferencesFrom(told).ToHashSet();
        if (changed.Count == 0)
        {
            return;
        }

        if (container.ResizePolicy.OrEmpty().Any(p => p.RestartPolicy == "RestartContainer" && changed.Contains(p.ResourceName)))
        {
            steps.Kill.Add(new ContainerKill(status, container, $"Container {container.Name} resize requires restart"));
            steps.Start.Add(container);
        }
        else
        {
            steps.Resize.Add(new ContainerResize(status, container));
        }
    }

    private string? ProbeFailure(Container container, Cri.ContainerStatus status)
    {
        if (container.StartupProbe is not null && probes.Startup(status.Id) == ProbeResult.Failure)
        {
            return $"Container {container.Name} failed startup probe";
        }

        return container.LivenessProbe is not null && probes.Liveness(status.Id) == ProbeResult.Failure
            ? $"Container {container.Name} failed liveness probe"
            : null;
    }

    private ContainerKill Killing(Container container, Cri.ContainerStatus status, string reason, bool isRestarted)
    {
        var probe = probes.Startup(status.Id) == ProbeResult.Failure ? container.StartupProbe : container.LivenessProbe;
        var grace = reason.EndsWith("probe", StringComparison.Ordinal) && probe?.TerminationGracePeriodSeconds is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : (TimeSpan?)null;
        return new ContainerKill(status, container, isRestarted ? reason + ", will be restarted" : reason, grace);
    }

    private sealed class Steps
    {
        public List<ContainerKill> Kill { get; } = [];

        public List<Container> Start { get; } = [];

        public List<ContainerResize> Resize { get; } = [];

        public PodPlan ToPlan() => new() { Kill = Kill, Start = Start, Resize = Resize };
    }
}
