using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Gives running containers other resources. The pod's own group grows before its containers do and shrinks after them, since
/// no group may have more than the one around it.
/// </summary>
internal sealed class ContainerResizer(PodServices services)
{
    /// <returns>How long until another try makes sense; null when nothing failed.</returns>
    public async Task<TimeSpan?> ResizeAsync(Pod pod, IReadOnlyList<ContainerResize> resizes, PodMemory memory, CancellationToken cancellationToken)
    {
        if (resizes.Count == 0)
        {
            memory.ResizeError = null;
            return null;
        }

        try
        {
            var grows = resizes.Any(r => Grows(pod, r.Container));
            if (grows && services.TouchesHost)
            {
                services.Cgroups.Ensure(pod);
            }

            foreach (var resize in resizes)
            {
                await ResizeAsync(pod, resize, cancellationToken);
            }

            if (services.TouchesHost)
            {
                services.Cgroups.Ensure(pod);
            }

            memory.ResizeError = null;
            services.Events.Pod(pod, null, EventReasons.Normal, EventReasons.ResizeCompleted, "Pod resize completed");
            return null;
        }
        catch (Exception e) when (e is RpcException or IOException or StartFailure)
        {
            memory.ResizeError = (e as RpcException)?.Detail ?? e.Message;
            return memory.NextRetry();
        }
    }

    private async Task ResizeAsync(Pod pod, ContainerResize resize, CancellationToken cancellationToken)
    {
        var resources = services.Cgroups.ForContainer(pod, resize.Container);
        var used = services.Cgroups.UsageOf(pod, resize.Status.Id)?.Memory ?? 0;
        if (resources.MemoryLimitInBytes > 0 && resources.MemoryLimitInBytes < used)
        {
            throw new StartFailure("ResizeError", $"attempting to set container {resize.Container.Name} memory limit ({resources.MemoryLimitInBytes}) below current usage ({used})");
        }

        await services.Runtime.UpdateContainerResourcesAsync(resize.Status.Id, resources, cancellationToken);
        services.Allocations.SetActuated(pod, resize.Container);
    }

    private bool Grows(Pod pod, Container container) => services.Allocations.Actuated(pod.Metadata.Uid, container.Name) is { } told
        && (container.Resources.Limits.OrEmpty().Any(l => l.Value > told.Limits.GetValueOrDefault(l.Key)) || container.Resources.Requests.OrEmpty().Any(r => r.Value > told.Requests.GetValueOrDefault(r.Key)));
}
