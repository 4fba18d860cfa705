using Sampan.Api.Core.V1;
using Sampan.ControllerManager.Common;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.ControllerManager.ResourceClaims;

/// <summary>The ResourceClaims that a pod uses, by the name it gives them.</summary>
internal static class PodClaims
{
    /// <summary>On a claim made from a template: the pod's name for it.</summary>
    public const string PodClaimAnnotation = "resource.kubernetes.io/pod-claim-name";

    /// <summary>Whether it asks for devices that others may use at the same time, to look after them.</summary>
    public static bool HasAdminAccess(ResourceClaim claim) => claim.Spec.Devices.Requests.OrEmpty().Any(r => r.Exactly?.AdminAccess == true);

    /// <summary>A claim that was made for one pod is for no other.</summary>
    public static bool MayUse(Pod pod, ResourceClaim claim) =>
        claim.Metadata.Controller() is not { Kind: "Pod", ApiVersion: "v1" } owner || owner.Uid == pod.Metadata.Uid;

    /// <summary>The claim's own name; null while it is still to be made.</summary>
    public static string? NameOf(Pod pod, PodResourceClaim claim) => claim.ResourceClaimName
        ?? pod.Status.ResourceClaimStatuses?.Find(s => s.Name == claim.Name)?.ResourceClaimName;

    /// <summary>Those that it names, and the one that the scheduler made for its extended resources.</summary>
    public static IEnumerable<string> NamesOf(Pod pod) =>
        pod.Spec.ResourceClaims.OrEmpty().Select(c => NameOf(pod, c)).Append(pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName).OfType<string>();
}
