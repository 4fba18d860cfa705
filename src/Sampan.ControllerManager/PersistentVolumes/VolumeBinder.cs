using System.Collections.Concurrent;
using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>
/// Says what state each volume is in, and what becomes of one whose claim is gone. Upstream: pkg/controller/volume/persistentvolume.
/// <code>
///   Available ──a claim takes it──▶ Bound ──the claim is gone──▶ Released ──▶ kept, emptied, or deleted by who provisioned it
/// </code>
/// </summary>
internal sealed class VolumeBinder : Controller
{
    private const string ClaimIndex = "claimRef";
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(15);
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Binding _binding;
    private readonly VolumeCounts _counts;
    private readonly Informer<Pod> _pods;
    private readonly VolumeRecycler _recycler;
    private readonly VolumeDeleter _deleter;
    private readonly OwnWrites<PersistentVolume> _writes;

    /// <summary>By name, when the volume of this UID, which could not be reclaimed, is tried again.</summary>
    private readonly ConcurrentDictionary<string, (string Uid, DateTimeOffset At)> _retryAt = [];

    public VolumeBinder(ControllerContext context, RecyclerOptions? recycler = null, VolumeDeleter? deleter = null)
        : base("persistentvolume-binder-controller-volumes", context)
    {
        _volumes = Watch<PersistentVolume>(v => [KeyOf(v)]);
        _volumes.AddIndex(ClaimIndex, v => v.Spec.ClaimRef is { } reference ? [$"{reference.Namespace}/{reference.Name}"] : []);
        _claims = Watch<PersistentVolumeClaim>(c => _volumes!.ByIndex(ClaimIndex, $"{c.Metadata.Namespace}/{c.Metadata.Name}").Select(KeyOf));
        _counts = new VolumeCounts(context.Metrics);
        Watch(_volumes, _counts.Note);
        Watch(_claims, _counts.Note);
        _writes = Writes(_volumes);
        _binding = new Binding(Writes(_claims), _writes);
        _pods = Watch<Pod>(p => VolumeRecycler.VolumeOf(p) is { } volume ? [new ObjectKey("", volume)] : []);
        ClaimsOf.AddIndex(_pods);
        _recycler = new VolumeRecycler(_pods, Writes(_pods), recycler ?? new());
        _deleter = deleter ?? new VolumeDeleter();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_volumes.Get(key) is not { } volume)
        {
            _retryAt.TryRemove(key.Name, out _);
            return ReconcileResult.Done;
        }

        if (volume.Spec.ClaimRef is not { Uid.Length: > 0 } reference)
        {
            await _binding.SetPhaseAsync(volume, "Available", null, cancellationToken);
            return ReconcileResult.Done;
        }

        var claim = await FindAsync(reference, cancellationToken);
        if (claim is null) return await ReleaseAsync(volume, cancellationToken);
        if (string.IsNullOrEmpty(claim.Spec.VolumeName) && VolumeMatch.IsOtherMode(claim, volume)) SayOtherMode(volume, claim);
        else if (claim.Spec.VolumeName == volume.Metadata.Name) await _binding.SetPhaseAsync(volume, "Bound", null, cancellationToken);
        else if (!string.IsNullOrEmpty(claim.Spec.VolumeName)) return await GiveUpAsync(volume, cancellationToken);
        return ReconcileResult.Done;
    }

    private void SayOtherMode(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        Events.Event(
            volume, "Warning", "VolumeMismatch", $"Cannot bind PersistentVolume to requested PersistentVolumeClaim \"{claim.Metadata.Name}\" due to incompatible volumeMode.");
        Events.Event(
            claim, "Warning", "VolumeMismatch", $"Cannot bind PersistentVolume \"{volume.Metadata.Name}\" to requested PersistentVolumeClaim due to incompatible volumeMode.");
    }

    /// <summary>The very claim, by uid; a cache that does not know it is not believed.</summary>
    private async Task<PersistentVolumeClaim?> FindAsync(ObjectReference reference, CancellationToken cancellationToken)
    {
        var known = _claims.Get(reference.Namespace, reference.Name ?? "");
        if (known?.Metadata.Uid != reference.Uid) known = await Direct(_claims).FindAsync(reference.Namespace, reference.Name ?? "", cancellationToken);
        return known?.Metadata.Uid == reference.Uid ? known : null;
    }

    private async Task<ReconcileResult> ReleaseAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        if (_retryAt.TryGetValue(volume.Metadata.Name, out var retry) && retry.Uid == volume.Metadata.Uid && retry.At > Time.GetUtcNow()) return ReconcileResult.RequeueAfter(retry.At - Time.GetUtcNow());
        _retryAt.TryRemove(volume.Metadata.Name, out _);
        switch (volume.Spec.PersistentVolumeReclaimPolicy)
        {
            case "Recycle" when VolumeRecycler.Knows(volume):
                return await RecycleAsync(volume, cancellationToken);
            case "Recycle":
                return await FailAsync(volume, "VolumeFailedRecycle", "No recycler plugin found for the volume!", cancellationToken);
            case "Delete":
                return await DeleteAsync(volume, cancellationToken);
            default:
                await _binding.SetPhaseAsync(volume, "Released", null, cancellationToken);
                return ReconcileResult.Done;
        }
    }

    /// <summary>What an external provisioner made it deletes once it is released.</summary>
    private async Task<ReconcileResult> DeleteAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        var (isGone, failure) = _deleter.Delete(volume);
        if (failure is not null) return await FailAsync(volume, "VolumeFailedDelete", failure, cancellationToken);
        if (volume.Status.Phase != "Failed") await _binding.SetPhaseAsync(volume, "Released", null, cancellationToken);
        if (isGone && volume.Metadata.DeletionTimestamp is null) await _writes.DeleteAsync(volume, null, cancellationToken);
        return ReconcileResult.Done;
    }

    /// <summary>It stays failed for all to see, and is tried again.</summary>
    private async Task<ReconcileResult> FailAsync(PersistentVolume volume, string reason, string message, CancellationToken cancellationToken)
    {
        if (volume.Status.Phase != "Failed")
        {
            _counts.ReclaimFailed(volume);
            Events.Event(volume, "Warning", reason, message);
        }

        _retryAt[volume.Metadata.Name] = (volume.Metadata.Uid, Time.GetUtcNow() + RetryPause);
        await _binding.SetPhaseAsync(volume, "Failed", message, cancellationToken);
        return ReconcileResult.RequeueAfter(RetryPause);
    }

    private async Task<ReconcileResult> RecycleAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        if (volume.Status.Phase != "Failed") await _binding.SetPhaseAsync(volume, "Released", null, cancellationToken);
        // Users of a claim of the same name that came later have another volume.
        var reference = volume.Spec.ClaimRef!;
        if (_claims.Get(reference.Namespace, reference.Name ?? "") is null && UsersOf(reference) is { Count: > 0 } users)
        {
            Events.Event(volume, "Normal", "VolumeFailedRecycle", $"Volume is used by pods: {string.Join(',', users)}");
            return ReconcileResult.RequeueAfter(RetryPause);
        }

        var step = await _recycler.StepAsync(volume, cancellationToken);
        if (step.Failure is { } failure) return await FailAsync(volume, "VolumeFailedRecycle", $"Recycle failed: failed to recycle volume: {failure}", cancellationToken);
        if (!step.IsDone) return ReconcileResult.Done;
        await FreeAsync(volume, cancellationToken);
        Events.Event(volume, "Normal", "VolumeRecycled", "Volume recycled");
        return ReconcileResult.Done;
    }

    private List<string> UsersOf(ObjectReference claim) =>
    [
        .. ClaimsOf.UsersOf(_pods, new PersistentVolumeClaim { Metadata = new() { Namespace = claim.Namespace ?? "", Name = claim.Name ?? "" } })
            .Where(p => !p.IsTerminal()).Select(p => $"{p.Metadata.Namespace}/{p.Metadata.Name}").Order(StringComparer.Ordinal),
    ];

    private async Task FreeAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        var free = await _binding.UnbindAsync(volume, cancellationToken);
        await _binding.SetPhaseAsync(free, "Available", null, cancellationToken);
    }

    /// <summary>The claim took another volume meanwhile.</summary>
    private async Task<ReconcileResult> GiveUpAsync(PersistentVolume volume, CancellationToken cancellationToken)
    {
        if (volume.Metadata.Has(BindingAnnotations.ProvisionedBy) && volume.Spec.PersistentVolumeReclaimPolicy == "Delete") return await ReleaseAsync(volume, cancellationToken);
        await FreeAsync(volume, cancellationToken);
        return ReconcileResult.Done;
    }
}
