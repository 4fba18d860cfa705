using Sampan.Api.Core.V1;
using Sampan.Client.Pods;
using ResourceClaim = Sampan.Api.Resource.V1.ResourceClaim;

namespace Sampan.Client.Quota;

/// <summary>
/// What a pod has been charged for already of the devices in the claim that the scheduler made for its extended resources.
/// <code>
/// pod asks for 2 example.com/gpu  ─►  charged: requests.example.com/gpu 2
/// its claim: 2 of class gpu       ─►  charged: requests.deviceclass.resource.kubernetes.io/gpu 2, and no example.com/gpu again
/// </code>
/// </summary>
internal sealed class PaidRequests
{
    private readonly List<(string Name, Quantity Amount)> _open = [];

    /// <summary>Nothing, for a claim that users made.</summary>
    public static PaidRequests Of(ResourceClaim claim, IQuotaObjects objects)
    {
        var paid = new PaidRequests();
        if (claim.Metadata.Annotations?.GetValueOrDefault(ExtendedResourceNames.ClaimAnnotation) == "true" && OwnerOf(claim, objects) is { } pod) paid.Add(pod);
        return paid;
    }

    /// <summary>The first of the names under which the pod paid for exactly that amount; it pays once.</summary>
    public string? Take(IEnumerable<string> names, Quantity amount)
    {
        foreach (var name in names)
        {
            if (_open.Remove((name, amount))) return name;
        }
        return null;
    }

    private static Pod? OwnerOf(ResourceClaim claim, IQuotaObjects objects)
    {
        if (claim.Metadata.OwnerReferences?.Find(owner => owner is { Controller: true, Kind: "Pod", ApiVersion: "v1" }) is not { } owner) return null;
        if (objects.Pod(claim.Metadata.Namespace, owner.Name) is not { } pod || pod.Metadata.Uid != owner.Uid) return null;
        return pod.Status.ExtendedResourceClaimStatus is { } status && status.ResourceClaimName != claim.Metadata.Name ? null : pod;
    }

    // Containers that run side by side have a request each; what init containers need beyond them is one more.
    private void Add(Pod pod)
    {
        var lasting = new Dictionary<string, Quantity>();
        foreach (var container in pod.Spec.InitContainers.OrEmpty().Where(c => c.RestartPolicy == "Always").Concat(pod.Spec.Containers))
        {
            var requests = container.Resources.Requests.OrEmpty().Where(request => ExtendedNames.IsResource(request.Key)).ToDictionary();
            foreach (var (name, amount) in requests) _open.Add((ExtendedNames.InQuotas(name), amount));
            lasting = ResourceLists.Add(lasting, requests);
        }
        foreach (var (name, total) in PodTotals.Requests(pod).Where(request => ExtendedNames.IsResource(request.Key)))
        {
            if (total - lasting.GetValueOrDefault(name) is { Sign: > 0 } more) _open.Add((ExtendedNames.InQuotas(name), more));
        }
    }
}
