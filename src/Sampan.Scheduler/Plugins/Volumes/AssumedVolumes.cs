using Sampan.Api.Core.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>Volumes and claims as they will be when the pod's node is told to everyone.</summary>
/// <param name="Volumes">They name their claims.</param>
/// <param name="Claims">They name the node for which a volume shall be made.</param>
/// <param name="Bound">The claims of <see cref="Volumes"/>.</param>
internal sealed record AssumedVolumes(List<PersistentVolume> Volumes, List<PersistentVolumeClaim> Claims, List<PersistentVolumeClaim> Bound)
{
    private const string BoundByController = "pv.kubernetes.io/bound-by-controller";

    public static AssumedVolumes From(VolumeDecision decision, string node) => new(
        decision.Bindings.ConvertAll(b => Referring(b.Volume, b.Claim)),
        decision.Provisions.ConvertAll(claim => Selecting(claim, node)),
        decision.Bindings.ConvertAll(b => b.Claim));

    public void Assume(ClusterObjects objects)
    {
        foreach (var volume in Volumes) objects.Of<PersistentVolume>().Assume(volume);
        foreach (var claim in Claims) objects.Of<PersistentVolumeClaim>().Assume(claim);
    }

    public void Restore(ClusterObjects objects)
    {
        foreach (var volume in Volumes) objects.Of<PersistentVolume>().Restore(volume);
        foreach (var claim in Claims) objects.Of<PersistentVolumeClaim>().Restore(claim);
    }

    private static PersistentVolume Referring(PersistentVolume volume, PersistentVolumeClaim claim)
    {
        var future = volume.DeepClone();
        if (future.Spec.ClaimRef is null) (future.Metadata.Annotations ??= [])[BoundByController] = "yes";
        future.Spec.ClaimRef = new ObjectReference
        {
            ApiVersion = "v1",
            Kind = "PersistentVolumeClaim",
            Namespace = claim.Metadata.Namespace,
            Name = claim.Metadata.Name,
            Uid = claim.Metadata.Uid,
            ResourceVersion = claim.Metadata.ResourceVersion,
        };
        return future;
    }

    private static PersistentVolumeClaim Selecting(PersistentVolumeClaim claim, string node)
    {
        var future = claim.DeepClone();
        (future.Metadata.Annotations ??= [])[ClaimsOfPod.SelectedNode] = node;
        return future;
    }
}
