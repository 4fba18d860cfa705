using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>What a change of a claim means for pods that wait.</summary>
internal static class ClaimChange
{
    /// <summary>A claim of the pod itself changed, or another one has (perhaps) given devices back.</summary>
    public static bool MayHelp(PodInfo pod, ResourceClaim claim)
    {
        return IsOf(pod, claim) || claim.Status.Allocation is null || claim.Metadata.DeletionTimestamp is not null;
    }

    /// <summary>The pod uses the claim, or owns it.</summary>
    public static bool IsOf(PodInfo pod, ResourceClaim claim) => pod.Key.Namespace == claim.Metadata.Namespace
        && (PodResourceClaims.Names(pod.Pod).Contains(claim.Metadata.Name) || claim.Metadata.OwnerReferences.OrEmpty().Any(owner => owner.Uid == pod.Uid));
}
