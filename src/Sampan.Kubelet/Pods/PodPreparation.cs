using Sampan.Api.Core.V1;
using Sampan.Kubelet.Claims;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Resize;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>Gets a pod what it needs of its node before its containers: resources, directories, control groups, volumes, devices.</summary>
/// <param name="services">What all workers share.</param>
/// <param name="resize">Grants the pod other resources, or says why it has to wait for them.</param>
internal sealed class PodPreparation(PodServices services, Func<Pod, CancellationToken, Task<PendingResize?>> resize)
{
    private const string NoMoreVolumes = "VolumeAttachmentLimitExceeded";
    private volatile PendingResize? _pendingResize;
    private bool _hasPlace;
    private Pod? _referring;

    /// <summary>Why other resources that are wanted could not be granted so far.</summary>
    public PendingResize? PendingResize => _pendingResize;

    /// <summary>Since when there is something that could not be granted.</summary>
    public DateTimeOffset PendingSince { get; private set; }

    /// <summary>Some volumes are as they were: they could not be refreshed, which is to be tried again.</summary>
    public bool IsStale { get; private set; }

    /// <summary>The pod with the resources that it has been granted, now or before.</summary>
    /// <param name="pod">As it is wanted.</param>
    /// <param name="cancellationToken">Ends the step.</param>
    public async Task<Pod> GrantAsync(Pod pod, CancellationToken cancellationToken)
    {
        var before = _pendingResize;
        var pending = await resize(pod, cancellationToken);
        PendingSince = pending is null || before is null ? services.Time.GetUtcNow() : PendingSince;
        _pendingResize = pending;
        if (pending is not null && pending != before)
        {
            Tell(pod, pending);
        }

        return services.Allocations.Granted(pod);
    }

    /// <returns>Its volumes, by name; null while it cannot have something: its events say what.</returns>
    public async Task<IReadOnlyDictionary<string, MountedVolume>?> PrepareAsync(Pod pod, CancellationToken cancellationToken)
    {
        await MakePlaceAsync(pod, cancellationToken);
        return await MountAsync(pod, cancellationToken) is { } volumes && await PrepareClaimsAsync(pod, cancellationToken) ? volumes : null;
    }

    /// <summary>Asks for what the pod names, such as ConfigMaps, once for each version of the pod.</summary>
    public void Refer(Pod pod)
    {
        if (!ReferenceEquals(_referring, pod))
        {
            services.Objects.Refer(pod);
            _referring = pod;
        }
    }

    private void Tell(Pod pod, PendingResize pending)
    {
        var reason = pending.Reason == PendingResize.Deferred ? EventReasons.ResizeDeferred : EventReasons.ResizeInfeasible;
        if (pending.Reason == PendingResize.Infeasible)
        {
            services.Metrics.Resizes.Infeasible(pending.Detail);
        }

        services.Events.Pod(pod, null, EventReasons.Warning, reason, ResizeSummary.Of($"Pod resize {pending.Reason}", pod, error: pending.Message));
    }

    private async Task MakePlaceAsync(Pod pod, CancellationToken cancellationToken)
    {
        if (_hasPlace)
        {
            return;
        }

        var uid = pod.Metadata.Uid;
        if (services.TouchesHost)
        {
            Directory.CreateDirectory(services.Paths.Pod(uid));
            Directory.CreateDirectory(services.Paths.Volumes(uid));
            await MakeGroupAsync(pod, cancellationToken);
        }

        if (services.Allocations.Actuated(uid) is null)
        {
            services.Allocations.SetActuated(pod);
        }

        _hasPlace = true;
    }

    private async Task MakeGroupAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await services.Cgroups.EnsureAsync(pod, cancellationToken);
        }
        catch (IOException e)
        {
            services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.FailedCreatePodContainer, $"unable to ensure pod container exists: {e.Message}");
            throw;
        }
    }

    private async Task<IReadOnlyDictionary<string, MountedVolume>?> MountAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var volumes = await services.Volumes.MountAsync(pod, cancellationToken);
            IsStale = false;
            return volumes;
        }
        catch (VolumesNotReady e) when (e.IsBeyondLimit)
        {
            throw new PodRejectedException(new PodTermination(NoMoreVolumes, e.Message) { IsRejection = true });
        }
        catch (VolumesNotReady e)
        {
            foreach (var message in e.Messages)
            {
                services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.FailedMount, message);
            }

            IsStale = e.Mounted is not null;
            return e.Mounted;
        }
    }

    private async Task<bool> PrepareClaimsAsync(Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            await services.Claims.PrepareAsync(pod, cancellationToken);
            return true;
        }
        catch (ClaimException e)
        {
            services.Events.Pod(pod, null, EventReasons.Warning, EventReasons.FailedPrepareDynamicResources, $"Failed to prepare dynamic resources: {e.Message}");
            return false;
        }
    }
}
