using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Volumes.Persistent;

/// <summary>
/// Volumes by claim: the pod names a claim, or gets one of its own (ephemeral), the claim is bound to a persistent volume, and
/// that is of some kind.
/// </summary>
internal sealed class ClaimPlugin(IPodObjects objects, IReadOnlyList<IPersistentVolumePlugin> kinds) : IVolumePlugin
{
    private const string Bound = "Bound";

    public string Name => "kubernetes.io/persistent-volume-claim";

    public bool Supports(Volume volume) => volume.PersistentVolumeClaim is not null || volume.Ephemeral is not null;

    public bool IsReadOnly(Volume volume) => volume.PersistentVolumeClaim?.ReadOnly == true;

    public async Task<string> SetUpAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var claim = await ClaimAsync(pod, volume, cancellationToken);
        var name = claim.Spec.VolumeName;
        if (string.IsNullOrEmpty(name) || claim.Status.Phase != Bound)
        {
            throw Unprocessed($"error processing PVC {claim.Metadata.Namespace}/{claim.Metadata.Name}: PVC is not bound");
        }

        var found = await objects.FindVolumeAsync(name, cancellationToken) ?? throw Unprocessed($"error processing PVC {claim.Metadata.Namespace}/{claim.Metadata.Name}: failed to fetch PV {name} from API server: persistentvolume \"{name}\" not found");
        if (found.Spec.ClaimRef?.Uid != claim.Metadata.Uid)
        {
            throw Unprocessed($"error processing PVC {claim.Metadata.Namespace}/{claim.Metadata.Name}: found PV object {name} with unexpected pvcUID ({found.Spec.ClaimRef?.Uid}); expected {claim.Metadata.Uid}");
        }

        var kind = kinds.FirstOrDefault(k => k.Supports(found)) ?? throw new VolumeFailure($"no volume plugin matched PersistentVolume {name}");
        try
        {
            return await kind.SetUpAsync(pod, new(found, claim, IsReadOnly(volume)), cancellationToken);
        }
        catch (VolumeFailure e)
        {
            throw new VolumeFailure(e.Message, e) { Operation = e.Operation, Volume = name };
        }
    }

    private static VolumeFailure Unprocessed(string message) => new(message) { IsUnprocessed = true };

    private async Task<PersistentVolumeClaim> ClaimAsync(Pod pod, Volume volume, CancellationToken cancellationToken)
    {
        var (ns, name) = (pod.Metadata.Namespace, volume.PersistentVolumeClaim?.ClaimName ?? $"{pod.Metadata.Name}-{volume.Name}");
        var claim = await objects.FindClaimAsync(ns, name, cancellationToken)
            ?? throw Unprocessed($"error processing PVC {ns}/{name}: failed to fetch PVC from API server: persistentvolumeclaim \"{name}\" not found");
        if (claim.Metadata.DeletionTimestamp is not null)
        {
            throw Unprocessed($"error processing PVC {ns}/{name}: PVC is being deleted");
        }

        if (volume.Ephemeral is not null && !claim.Metadata.OwnerReferences.OrEmpty().Any(o => o.Uid == pod.Metadata.Uid && o.Controller == true))
        {
            throw Unprocessed($"error processing PVC {ns}/{name}: PVC {ns}/{name} was not created for pod {ns}/{pod.Metadata.Name} (pod is not owner)");
        }

        return claim;
    }
}
