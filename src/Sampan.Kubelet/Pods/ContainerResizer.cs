using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Resize;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// Gives running containers other resources. The pod's own group grows before its containers do and shrinks after them, since
/// no group may have more than the one around it; containers that start with other resources find the group as they need it.
/// </summary>
internal sealed class ContainerResizer(PodServices services)
{
    /// <returns>How long until another try makes sense; null when nothing failed.</returns>
    public async Task<TimeSpan?> ResizeAsync(Pod pod, PodPlan plan, PodMemory memory, CancellationToken cancellationToken)
    {
        if (plan.Resize.Count == 0 && !plan.ResizePod && !plan.StartsResized)
        {
            memory.ResizeError = null;
            return null;
        }

        var started = services.Time.GetTimestamp();
        try
        {
            await TellRuntimeAsync(pod, cancellationToken);
            await ActuateAsync(pod, plan, cancellationToken);
            memory.ResizeError = null;
            if (plan.Resize.Count == 0 && !plan.ResizePod)
            {
                // The resize is complete when the container has started.
                return null;
            }

            services.Allocations.SetActuated(pod);
            services.Metrics.Resizes.Actuated(services.Time.GetElapsedTime(started), isDone: true);
            return null;
        }
        catch (Exception e) when (e is RpcException or IOException or StartFailure)
        {
            var error = (e as RpcException)?.Detail ?? e.Message;
            services.Metrics.Resizes.Actuated(services.Time.GetElapsedTime(started), isDone: false);
            if (memory.ResizeError != error)
            {
                services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.ResizeError, ResizeSummary.Of("Pod resize error", pod, services.Allocations.ResizedTo(pod.Metadata.Uid), error));
            }

            memory.ResizeError = error;
            return memory.NextRetry();
        }
    }

    private async Task ActuateAsync(Pod pod, PodPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            if (services.TouchesHost)
            {
                await services.Cgroups.GrowAsync(pod, services.Allocations.InForce(pod), cancellationToken);
            }

            foreach (var resize in plan.Resize)
            {
                await ResizeAsync(pod, resize, cancellationToken);
            }

            if (services.TouchesHost)
            {
                await services.Cgroups.EnsureAsync(pod, cancellationToken);
            }
        }
        catch (IOException)
        {
            await TellRuntimeAsync(services.Allocations.InForce(pod), cancellationToken);
            throw;
        }
    }

    /// <summary>The runtime, or who extends it, may refuse what the pod shall have as a whole. One of an earlier time is not asked.</summary>
    private async Task TellRuntimeAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (services.Cache.Get(pod.Metadata.Uid).ReadySandbox is not { } sandbox)
        {
            return;
        }

        var limits = services.Cgroups.Limits;
        try
        {
            await services.Runtime.UpdatePodSandboxResourcesAsync(sandbox.Id, limits.OverheadOf(pod), limits.ForSandbox(pod), cancellationToken);
        }
        catch (RpcException e) when (e.Code == GrpcStatusCode.Unimplemented)
        {
            // It goes by the groups.
        }
    }

    private async Task ResizeAsync(Pod pod, ContainerResize resize, CancellationToken cancellationToken)
    {
        var resources = services.Cgroups.Limits.ForContainer(pod, resize.Container);
        var used = services.Cgroups.UsageOf(pod, resize.Status.Id)?.Memory ?? 0;
        if (resources.MemoryLimitInBytes > 0 && resources.MemoryLimitInBytes < used)
        {
            throw new StartFailure("ResizeError", $"attempting to set container {resize.Container.Name} memory limit ({resources.MemoryLimitInBytes}) below current usage ({used})");
        }

        await services.Runtime.UpdateContainerResourcesAsync(resize.Status.Id, resources, cancellationToken);
        services.Allocations.SetActuated(pod, resize.Container);
    }
}
