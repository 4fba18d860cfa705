using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Client.Metrics;
using Sampan.ControllerManager.Common;

namespace Sampan.ControllerManager.PersistentVolumes;

/// <summary>
/// Finds each claim its volume. Upstream: pkg/controller/volume/persistentvolume.
/// <code>
///   Pending ──a volume suits──▶ Bound ──its volume is gone──▶ Lost
///      └── none: asks the class's provisioner, or waits for the scheduler or for a volume
/// </code>
/// </summary>
internal sealed class ClaimBinder : Controller
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<PersistentVolume> _volumes;
    private readonly Informer<StorageClass> _classes;
    private readonly Informer<Pod> _pods;
    private readonly OwnWrites<PersistentVolumeClaim> _writes;
    private readonly Binding _binding;
    private readonly CounterValue _classGiven;
    private readonly CounterValue _classRefused;

    public ClaimBinder(ControllerContext context)
        : base("persistentvolume-binder-controller", context)
    {
        _claims = Watch<PersistentVolumeClaim>(c => [KeyOf(c)]);
        _volumes = Watch<PersistentVolume>(ClaimsFor);
        _classes = Watch<StorageClass>(c => Unbound().Where(p => !BindingAnnotations.StatesClass(p) || BindingAnnotations.ClassOf(p) == c.Metadata.Name).Select(KeyOf));
        _pods = Use<Pod>();
        ClaimsOf.AddIndex(_pods);
        _writes = Writes(_claims);
        _binding = new Binding(_writes, Writes(_volumes));
        _classGiven = context.Metrics.Counter("retroactive_storageclass_total", "Total number of retroactive StorageClass assignments to persistent volume claim").With();
        _classRefused = context.Metrics.Counter("retroactive_storageclass_errors_total", "Total number of failed retroactive StorageClass assignments to persistent volume claim").With();
    }

    protected override async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_claims.Get(key) is not { } claim) return ReconcileResult.Done;
        if (claim.Metadata.Has(BindingAnnotations.BindCompleted)) await KeepAsync(claim, cancellationToken);
        else if (claim.Metadata.DeletionTimestamp is null) await FindAsync(claim, cancellationToken);
        return ReconcileResult.Done;
    }

    private async Task KeepAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(claim.Spec.VolumeName))
        {
            await LoseAsync(claim, "ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!", cancellationToken);
            return;
        }

        // Nothing is declared lost on the word of a cache.
        var volume = _volumes.Get(null, claim.Spec.VolumeName) ?? await Direct(_volumes).FindAsync(null, claim.Spec.VolumeName, cancellationToken);
        if (volume is null)
            await LoseAsync(claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!", cancellationToken);
        else if (volume.Spec.ClaimRef is null || volume.Spec.ClaimRef.Uid == claim.Metadata.Uid) await _binding.BindAsync(volume, claim, cancellationToken);
        else
            await LoseAsync(claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly", cancellationToken);
    }

    private async Task LoseAsync(PersistentVolumeClaim claim, string reason, string message, CancellationToken cancellationToken)
    {
        if (claim.Status.Phase != "Lost") Events.Event(claim, "Warning", reason, message);
        await _binding.SetPhaseAsync(claim, "Lost", cancellationToken);
    }

    private async Task FindAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(claim.Spec.VolumeName))
        {
            await TakeAsync(claim, cancellationToken);
            return;
        }

        // A claim of no class takes a volume of no class before it gets the class that is default.
        if (!BindingAnnotations.StatesClass(claim) && await BindBestAsync(claim, false, cancellationToken)) return;
        claim = await WithDefaultClassAsync(claim, cancellationToken);
        var name = BindingAnnotations.ClassOf(claim);
        var storageClass = name.Length > 0 ? _classes.Get(null, name) : null;
        var isDelayed = storageClass?.VolumeBindingMode == "WaitForFirstConsumer";
        if (await BindBestAsync(claim, isDelayed, cancellationToken)) return;
        if (isDelayed && !claim.Metadata.Has(BindingAnnotations.SelectedNode)) SayWaiting(claim);
        else if (name.Length > 0) claim = await ProvisionAsync(claim, name, storageClass, cancellationToken);
        else Events.Event(claim, "Normal", "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
        await _binding.SetPhaseAsync(claim, "Pending", cancellationToken);
    }

    private async Task<bool> BindBestAsync(PersistentVolumeClaim claim, bool waits, CancellationToken cancellationToken)
    {
        if (VolumeMatch.Best(claim, _volumes.List(), waits) is not { } volume) return false;
        await _binding.BindAsync(volume, claim, cancellationToken);
        return true;
    }

    /// <summary>The user names the volume.</summary>
    private async Task TakeAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        var volume = _volumes.Get(null, claim.Spec.VolumeName!);
        if (volume is null || (volume.Spec.ClaimRef is not null && !VolumeMatch.IsFor(volume, claim)))
        {
            if (volume is not null)
                Events.Event(claim, "Warning", "FailedBinding", $"volume \"{volume.Metadata.Name}\" already bound to a different claim.");
            await _binding.SetPhaseAsync(claim, "Pending", cancellationToken);
        }
        else if (volume.Spec.ClaimRef is null && VolumeMatch.Mismatch(claim, volume) is { } why)
        {
            Events.Event(claim, "Warning", "VolumeMismatch", $"Cannot bind to requested volume \"{volume.Metadata.Name}\": {why}");
            await _binding.SetPhaseAsync(claim, "Pending", cancellationToken);
        }
        else
        {
            await _binding.BindAsync(volume, claim, cancellationToken);
        }
    }

    /// <summary>A claim made before there was a default class gets the one that is default now: the newest.</summary>
    private async Task<PersistentVolumeClaim> WithDefaultClassAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (BindingAnnotations.StatesClass(claim)) return claim;
        var standard = _classes.List().Where(c => c.Metadata.Annotations?.GetValueOrDefault(DefaultClass) == "true")
            .OrderByDescending(c => c.Metadata.CreationTimestamp?.Value).ThenBy(c => c.Metadata.Name, StringComparer.Ordinal).FirstOrDefault();
        if (standard is null) return claim;
        var copy = claim.DeepClone();
        copy.Spec.StorageClassName = standard.Metadata.Name;
        try
        {
            var given = await _writes.UpdateAsync(copy, cancellationToken);
            _classGiven.Increment();
            return given;
        }
        catch (StatusException)
        {
            _classRefused.Increment();
            throw;
        }
    }

    private void SayWaiting(PersistentVolumeClaim claim)
    {
        var pods = ClaimsOf.UsersOf(_pods, claim).Where(p => string.IsNullOrEmpty(p.Spec.NodeName) && !p.IsTerminal()).Select(p => p.Metadata.Name).Order(StringComparer.Ordinal).ToList();
        if (pods.Count == 0) Events.Event(claim, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        else Events.Event(claim, "Normal", "WaitForPodScheduled", $"waiting for {(pods.Count > 1 ? "pods" : "pod")} {string.Join(',', pods)} to be scheduled");
    }

    /// <summary>Asks the provisioner of the class, which watches for its name on claims.</summary>
    private async Task<PersistentVolumeClaim> ProvisionAsync(
        PersistentVolumeClaim claim, string name, StorageClass? storageClass, CancellationToken cancellationToken)
    {
        if (storageClass is null)
        {
            Events.Event(claim, "Warning", "ProvisioningFailed", $"storageclass.storage.k8s.io \"{name}\" not found");
            return claim;
        }

        if (InTreePlugins.WhyNotProvisioned(storageClass.Provisioner) is { } why)
        {
            Events.Event(claim, "Warning", "ProvisioningFailed", why);
            return claim;
        }

        var provisioner = InTreePlugins.ProvisionerOf(storageClass.Provisioner);
        Events.Event(
            claim,
            "Normal",
            "ExternalProvisioning",
            $"Waiting for a volume to be created either by the external provisioner '{provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.");
        if (claim.Metadata.Annotations?.GetValueOrDefault(BindingAnnotations.StorageProvisioner) == provisioner) return claim;
        var copy = claim.DeepClone();
        var annotations = copy.Metadata.Annotations ??= [];
        annotations[BindingAnnotations.StorageProvisioner] = annotations[BindingAnnotations.OldStorageProvisioner] = provisioner;
        return await _writes.UpdateAsync(copy, cancellationToken);
    }

    /// <summary>A volume concerns the claim that it names; a free one concerns all claims that wait.</summary>
    private IEnumerable<ObjectKey> ClaimsFor(PersistentVolume volume)
    {
        if (volume.Spec.ClaimRef is { } reference) return [new ObjectKey(reference.Namespace ?? "", reference.Name ?? "")];
        var named = _claims.List().Where(c => c.Spec.VolumeName == volume.Metadata.Name);
        return Unbound().Where(c => VolumeMatch.Mismatch(c, volume) is null).Concat(named).Select(KeyOf);
    }

    private IEnumerable<PersistentVolumeClaim> Unbound() => _claims.List().Where(c => !c.Metadata.Has(BindingAnnotations.BindCompleted));
}
