using Sampan.Api.Resource.V1;
using Sampan.Client;
using Sampan.Client.Informers;
using Sampan.Scheduler.Bindings;
using Sampan.Scheduler.Cache;
using Sampan.Scheduler.Framework;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Tells the API server which devices claims got and for whom, and waits for devices that have to be prepared first.</summary>
internal sealed class ClaimWriter(PluginContext context, ExtendedClaimWriter extended, TimeSpan? bindingTimeout)
{
    private const int MaxTries = 5;
    private const string Timeout = "device binding timeout";
    private static readonly TimeSpan DefaultBindingTimeout = TimeSpan.FromMinutes(10);

    private readonly ResourceClient<ResourceClaim> _claims = context.Client.Of<ResourceClaim>();
    private readonly Informer<ResourceClaim> _seen = context.Informers.For<ResourceClaim>();

    public async Task<PluginStatus> WriteAsync(AllocatedClaims allocated, PodInfo pod, CancellationToken ct)
    {
        try
        {
            foreach (var claim in allocated.Claims) await WriteAsync(claim, allocated.IsNew(claim), pod, ct);
            if (allocated.Extended is not null) await extended.WriteAsync(allocated, pod, ct);
            return await WaitUntilReadyAsync(allocated, pod, ct);
        }
        catch (Exception e) when (e is StatusException or BindingRefusedException)
        {
            return PluginStatus.Error(e.Message);
        }
    }

    /// <summary>Gives back what nobody has reserved.</summary>
    public Task DeallocateAsync(ResourceClaim claim) => TryAsync(claim, static current =>
    {
        if (current.Status.Allocation is null) return false;
        (current.Status.Allocation, current.Status.ReservedFor) = (null, null);
        return true;
    });

    /// <summary>Takes the pod off claims that it has reserved, and the devices off those that were allocated for it.</summary>
    public async Task UnreserveAsync(AllocatedClaims allocated, PodInfo pod)
    {
        foreach (var claim in allocated.Claims)
        {
            await TryAsync(claim, current =>
            {
                if (!AllocatedClaims.IsReservedFor(current, pod)) return false;
                current.Status.ReservedFor!.RemoveAll(consumer => consumer.Uid == pod.Uid);
                if (allocated.IsNew(claim) && current.Status.ReservedFor.Count == 0) (current.Status.Allocation, current.Status.ReservedFor, current.Status.Devices) = (null, null, null);
                return true;
            });
        }
    }

    private async Task WriteAsync(ResourceClaim future, bool isNew, PodInfo pod, CancellationToken ct)
    {
        var (ns, name) = (future.Metadata.Namespace, future.Metadata.Name!);
        for (var tries = 1; ; tries++)
        {
            var claim = await _claims.GetAsync(ns, name, ct);
            if (AllocatedClaims.IsReservedFor(claim, pod)) return;
            if (WhyNot(claim, future, isNew) is { } problem) throw new BindingRefusedException(ExtensionPoint.PreBind, nameof(DynamicResources), PluginStatus.Error(problem), problem);
            try
            {
                await WriteAsync(claim, future, isNew, pod, ct);
                return;
            }
            catch (StatusException e) when (e.IsConflict && tries < MaxTries)
            {
                // Somebody else's change came between; it may be harmless.
            }
        }
    }

    private static string? WhyNot(ResourceClaim claim, ResourceClaim future, bool isNew)
    {
        var key = $"{claim.Metadata.Namespace}/{claim.Metadata.Name}";
        if (claim.Metadata.DeletionTimestamp is not null || claim.Metadata.Uid != future.Metadata.Uid) return $"claim {key} got deleted in the meantime";
        return isNew && claim.Status.Allocation is not null ? $"claim {key} got allocated elsewhere in the meantime" : null;
    }

    // The finalizer first: devices must not be lost with a claim.
    private async Task WriteAsync(ResourceClaim claim, ResourceClaim future, bool isNew, PodInfo pod, CancellationToken ct)
    {
        claim = claim.DeepClone();
        if (isNew && !claim.Metadata.Finalizers.OrEmpty().Contains(AllocatedClaims.Finalizer))
        {
            (claim.Metadata.Finalizers ??= []).Add(AllocatedClaims.Finalizer);
            claim = (await _claims.UpdateAsync(claim, ct)).DeepClone();
        }
        if (isNew) claim.Status.Allocation = future.Status.Allocation;
        AllocatedClaims.Reserve(claim, pod);
        await _claims.UpdateStatusAsync(claim, ct);
    }

    private async Task<PluginStatus> WaitUntilReadyAsync(AllocatedClaims allocated, PodInfo pod, CancellationToken ct)
    {
        var written = allocated.Extended?.Written is { } claim ? [.. allocated.Claims, claim] : allocated.Claims;
        var waiting = written.Where(claim => claim.Status.Allocation!.Devices.Results.OrEmpty().Any(result => result.BindingConditions is { Count: > 0 })).ToList();
        if (waiting.Count == 0) return PluginStatus.Success;
        var (state, problem, started) = (DeviceReadiness.NotYet, (string?)null, context.Time.GetTimestamp());
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await _seen.WaitUntilAsync(_ => ((state, problem) = DeviceReadiness.Of(waiting, _seen)).state != DeviceReadiness.NotYet, ending.Token)
                .WaitAsync(bindingTimeout ?? DefaultBindingTimeout, context.Time, ct);
        }
        catch (TimeoutException)
        {
            await ending.CancelAsync();
            problem = Timeout;
        }
        foreach (var driver in DriversOf(waiting)) context.Metrics?.Prepared(driver, pod.Pod.Spec.SchedulerName ?? Profile.DefaultSchedulerName, Outcome(problem), context.Time.GetElapsedTime(started));
        return problem is null ? PluginStatus.Success : PluginStatus.Unschedulable(problem);
    }

    private static IEnumerable<string> DriversOf(IEnumerable<ResourceClaim> claims) => claims.SelectMany(claim => claim.Status.Allocation!.Devices.Results.OrEmpty())
        .Where(result => result.BindingConditions is { Count: > 0 }).Select(result => result.Driver).Distinct();

    private static string Outcome(string? problem) => problem switch
    {
        null => "success",
        Timeout => "timeout",
        _ => "failure",
    };

    private async Task TryAsync(ResourceClaim claim, Func<ResourceClaim, bool> change)
    {
        try
        {
            var current = (await _claims.GetAsync(claim.Metadata.Namespace, claim.Metadata.Name!, context.Stopping)).DeepClone();
            if (current.Metadata.Uid == claim.Metadata.Uid && change(current)) await _claims.UpdateStatusAsync(current, context.Stopping);
        }
        catch (Exception e) when (e is StatusException or ApiConnectionException or OperationCanceledException)
        {
            // Somebody else has changed the claim; the pod is tried again with what it is then.
        }
    }
}
