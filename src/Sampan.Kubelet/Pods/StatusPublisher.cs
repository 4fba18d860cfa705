using Sampan.Api.Core.V1;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Status;

namespace Sampan.Kubelet.Pods;

/// <summary>Tells what is known of a pod: what the runtime says, what its worker remembers, what probes and devices say.</summary>
internal sealed class StatusPublisher(PodServices services, PodMemory memory, PodTiming timing)
{
    private readonly Lock _lock = new();
    private readonly TerminationMessages _messages = new(services.TouchesHost);

    /// <summary>What was told last, or what the API says before anything was.</summary>
    public PodStatus Last(Pod pod) => services.Statuses.Find(pod.Metadata.Uid) ?? pod.Status;

    public void Publish(Pod pod, PodTermination? termination, PendingResize? pendingResize, bool isTerminal)
    {
        var uid = pod.Metadata.Uid;
        lock (_lock)
        {
            var view = new PodView(
                services.Allocations.Granted(pod), services.Cache.Get(uid), Last(pod), memory.Waiting, services.Probes, services.Node(), services.Time.GetUtcNow(), _messages.Get)
            {
                IsTerminal = isTerminal,
                InPostStart = memory.InPostStart,
                Termination = termination?.Reason is null ? null : termination,
                PendingResize = pendingResize,
                IsResizing = memory.IsResizing,
                ResizeError = memory.ResizeError,
                ResizedTo = services.Allocations.ResizedTo(uid),
                Actuated = container => services.Allocations.Actuated(uid, container),
                InForce = services.Allocations.InForce(pod),
                DeviceHealth = container => services.Exclusive.Devices.HealthOf(uid, container.Name).Concat(services.Claims.HealthOf(pod, container)),
            };
            var status = PodStatusGenerator.Generate(view);
            timing.Told(view.Previous.Phase, status.Phase);
            foreach (var (container, end) in ContainerEnds.New(view.Previous, status))
            {
                services.Metrics.ContainerEnded(pod.KindOf(container), end.ExitCode, end.Reason ?? "");
            }

            services.Statuses.Set(pod, status);
        }
    }
}
