using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;
using Sampan.Scheduler.Cache;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>The claims of a pod, and whether they can be served at all.</summary>
internal static class PodResourceClaims
{
    // As many pods may share a claim.
    private const int MaxConsumers = 256;

    /// <summary>The names of the claims; null for one that a controller has yet to make from its template.</summary>
    public static IEnumerable<string?> Names(Pod pod) => pod.Spec.ResourceClaims.OrEmpty()
        .Where(claim => claim.ResourceClaimTemplateName is null || StatusOf(pod, claim) is not { ResourceClaimName: null })
        .Select(claim => claim.ResourceClaimName ?? StatusOf(pod, claim)?.ResourceClaimName);

    /// <summary>The claims, or why they can't be used.</summary>
    public static (List<ResourceClaim>? Claims, string? Problem) Of(PodInfo pod, ClusterObjects objects)
    {
        var claims = new List<ResourceClaim>();
        foreach (var name in Names(pod.Pod))
        {
            var (claim, problem) = Find(pod, name, objects);
            if ((problem ?? WhyUnusable(pod, claim!, objects)) is { } reason) return (null, reason);
            claims.Add(claim!);
        }
        return (claims, null);
    }

    /// <summary>Why one of the claims is not there for the pod; null when all are.</summary>
    public static string? WhyNotThere(PodInfo pod, ClusterObjects objects)
    {
        foreach (var name in Names(pod.Pod))
        {
            if (Find(pod, name, objects).Problem is { } problem) return problem;
        }
        return null;
    }

    private static (ResourceClaim? Claim, string? Problem) Find(PodInfo pod, string? name, ClusterObjects objects)
    {
        if (name is null) return (null, $"pod \"{pod.Key}\": ResourceClaim not created yet");
        if (objects.Of<ResourceClaim>().Find(name, pod.Key.Namespace) is not { } claim) return (null, $"resourceclaim \"{name}\" not found");
        return (claim, WhyNotThere(pod, claim));
    }

    private static string? WhyNotThere(PodInfo pod, ResourceClaim claim)
    {
        if (claim.Metadata.DeletionTimestamp is not null) return $"resourceclaim \"{claim.Metadata.Name}\" is being deleted";
        if (claim.Metadata.OwnerReferences?.Find(owner => owner is { Controller: true, Kind: "Pod" }) is { } owner && owner.Uid != pod.Uid)
        {
            return $"ResourceClaim {claim.Metadata.Namespace}/{claim.Metadata.Name} was not created for pod {pod.Key} (pod is not owner)";
        }
        return null;
    }

    private static string? WhyUnusable(PodInfo pod, ResourceClaim claim, ClusterObjects objects)
    {
        if (claim.Status.Allocation is not null)
        {
            return claim.Status.ReservedFor.OrEmpty().Count >= MaxConsumers && !AllocatedClaims.IsReservedFor(claim, pod) ? "resourceclaim in use" : null;
        }
        return claim.Spec.Devices.Requests.OrEmpty().SelectMany(request => WantedDevices.Alternatives(claim, request))
            .FirstOrDefault(wanted => objects.Of<DeviceClass>().Find(wanted.Class) is null) is { } missing
            ? $"request {missing.Name}: device class {missing.Class} does not exist" : null;
    }

    private static PodResourceClaimStatus? StatusOf(Pod pod, PodResourceClaim claim) => pod.Status.ResourceClaimStatuses?.Find(status => status.Name == claim.Name);
}
