using Sampan.Api.Core.V1;
using Sampan.Api.Storage.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Volumes;

/// <summary>A pod's claims: those that have a volume, and those that get one when the node is known.</summary>
/// <param name="Bound">They have a volume.</param>
/// <param name="ToBind">They wait for the pod's node; smallest first.</param>
internal sealed record ClaimsOfPod(List<PersistentVolumeClaim> Bound, List<PersistentVolumeClaim> ToBind)
{
    public const string SelectedNode = "volume.kubernetes.io/selected-node";

    private const string BindCompleted = "pv.kubernetes.io/bind-completed";

    /// <summary>The claims, or why the pod can't be scheduled with them.</summary>
    public static (ClaimsOfPod? Claims, string? Problem) Of(PodInfo pod, ClusterObjects objects)
    {
        var claims = new ClaimsOfPod([], []);
        var hasImmediate = false;
        foreach (var (name, isEphemeral) in PodClaims.Names(pod.Pod))
        {
            if (objects.Of<PersistentVolumeClaim>().Find(name, pod.Key.Namespace) is not { } claim) return (null, WhyMissing(name, isEphemeral));
            if (WhyUnusable(claim, pod, isEphemeral) is { } problem) return (null, problem);
            if (IsBound(claim)) claims.Bound.Add(claim);
            else if (string.IsNullOrEmpty(claim.Spec.VolumeName) && PodClaims.WaitsForConsumer(objects.Of<StorageClass>().Find(PodClaims.ClassOf(claim)))) claims.ToBind.Add(claim);
            else hasImmediate = true;
        }
        claims.ToBind.Sort((left, right) => VolumeMatch.SizeOf(left).CompareTo(VolumeMatch.SizeOf(right)));
        return hasImmediate ? (null, "pod has unbound immediate PersistentVolumeClaims") : (claims, null);
    }

    /// <summary>Claim and volume agree on each other.</summary>
    public static bool IsBound(PersistentVolumeClaim claim) =>
        !string.IsNullOrEmpty(claim.Spec.VolumeName) && claim.Metadata.Annotations?.ContainsKey(BindCompleted) == true;

    private static string WhyMissing(string name, bool isEphemeral) => isEphemeral
        ? $"waiting for ephemeral volume controller to create the persistentvolumeclaim \"{name}\""
        : $"persistentvolumeclaim \"{name}\" not found";

    private static string? WhyUnusable(PersistentVolumeClaim claim, PodInfo pod, bool isEphemeral)
    {
        var (name, ns) = (claim.Metadata.Name, claim.Metadata.Namespace);
        if (claim.Status.Phase == "Lost") return $"persistentvolumeclaim \"{name}\" bound to non-existent persistentvolume \"{claim.Spec.VolumeName}\"";
        if (claim.Metadata.DeletionTimestamp is not null) return $"persistentvolumeclaim \"{name}\" is being deleted";
        if (!isEphemeral || claim.Metadata.OwnerReferences.OrEmpty().Any(owner => owner.Controller == true && owner.Uid == pod.Uid)) return null;
        return $"PVC {ns}/{name} was not created for pod {pod.Key} (pod is not owner)";
    }
}
