using Sampan.Api;
using Sampan.Api.Core.V1;
using Container = Sampan.Api.Core.V1.Container;

namespace Sampan.Kubelet.Claims;

/// <summary>Which claims a pod and its containers mean, by the names that the API has for them.</summary>
internal static class PodClaims
{
    /// <summary>All that the pod needs, with the one that serves its extended resources.</summary>
    /// <exception cref="ClaimException">One has no name yet.</exception>
    public static List<string> Names(Pod pod) =>
    [
        .. pod.Spec.ResourceClaims.OrEmpty().Select(c => NameOf(pod, c)).Append(pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName).OfType<string>().Distinct(),
    ];

    /// <summary>Whether the claim of this name was made from a template for the pod alone.</summary>
    public static bool IsOwn(Pod pod, string name) =>
        pod.Spec.ResourceClaims.OrEmpty().Any(c => c.ResourceClaimTemplateName is { Length: > 0 } && NameOf(pod, c) == name);

    /// <summary>What a container gets: a claim's name, and one request of it or, with null, all.</summary>
    public static IEnumerable<(string? Claim, string? Request)> References(Pod pod, Container container) => container.Resources.Claims.OrEmpty()
        .Select(reference => (pod.Spec.ResourceClaims.OrEmpty().Where(c => c.Name == reference.Name).Select(c => NameOf(pod, c)).FirstOrDefault(), reference.Request))
        .Concat((pod.Status.ExtendedResourceClaimStatus?.RequestMappings).OrEmpty().Where(mapping => mapping.ContainerName == container.Name)
            .Select(mapping => (pod.Status.ExtendedResourceClaimStatus?.ResourceClaimName, (string?)mapping.RequestName)));

    /// <summary>The name that the claim has in the API; null for one that the pod turned out not to need.</summary>
    private static string? NameOf(Pod pod, PodResourceClaim claim)
    {
        if (claim.ResourceClaimName is { Length: > 0 } name)
        {
            return name;
        }

        var known = pod.Status.ResourceClaimStatuses.OrEmpty().FirstOrDefault(s => s.Name == claim.Name)
            ?? throw new ClaimException($"pod \"{pod.Metadata.Namespace}/{pod.Metadata.Name}\": ResourceClaim not created yet");
        return known.ResourceClaimName is { Length: > 0 } generated ? generated : null;
    }
}
