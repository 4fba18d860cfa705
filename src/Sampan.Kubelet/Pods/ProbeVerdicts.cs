using Sampan.Api.Core.V1;
using Sampan.Kubelet.Probes;

namespace Sampan.Kubelet.Pods;

/// <summary>Whether a running container has to be killed for what its probes found.</summary>
internal sealed class ProbeVerdicts(IProbeResults probes)
{
    /// <summary>Whether it counts as started: it runs, and its startup probe, if any, has succeeded.</summary>
    public bool IsStarted(Container container, Cri.ContainerStatus status) =>
        status.State == Cri.ContainerState.ContainerRunning
        && (container.StartupProbe is null || probes.Startup(status.Id) == ProbeResult.Success);

    /// <param name="container">The container.</param>
    /// <param name="status">The instance that runs.</param>
    /// <param name="what">What people call it.</param>
    /// <returns>Null while its probes are content.</returns>
    public ContainerKill? Of(Container container, Cri.ContainerStatus status, string what)
    {
        var (probe, kind) = Failed(container, status);
        if (probe is null)
        {
            return null;
        }

        var grace = probe.TerminationGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return new ContainerKill(status, container, $"{what} {container.Name} failed {kind} probe", grace);
    }

    private (Probe? Probe, string Kind) Failed(Container container, Cri.ContainerStatus status)
    {
        if (container.StartupProbe is { } startup && probes.Startup(status.Id) == ProbeResult.Failure)
        {
            return (startup, "startup");
        }

        return container.LivenessProbe is { } liveness && probes.Liveness(status.Id) == ProbeResult.Failure ? (liveness, "liveness") : (null, "");
    }
}
