using Sampan.Api.Core.V1;

namespace Sampan.ControllerManager.ResourceClaims;

/// <summary>The ResourceClaims that a pod uses, by the name it gives them.</summary>
internal static class PodClaims
{
    /// <summary>On a claim made from a template: the pod's name for it.</summary>
    public const string PodClaimAnnotation = "resource.kubernetes.io/pod-claim-name";

    /// <summary>The claim's own name; null while it is still to be made.</summary>
    public static string? NameOf(Pod pod, PodResourceClaim claim) => claim.ResourceClaimName
        ?? pod.Status.ResourceClaimStatuses?.Find(s => s.Name == claim.Name)?.ResourceClaimName;

    /// <summary>Those that it names, and the one that the scheduler made for its extended resources.</summary>
    public static IEnumerable<string> NamesOf(Pod pod) =>
        pod.Spec.ResourceClaims.OrEmpty().Select(c => NameOf(pod, c)).Append(pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName).OfType<string>();
}
