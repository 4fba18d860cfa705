using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Quota;
using Sampan.Kubelet.Pods;

namespace Sampan.Kubelet.Status;

/// <summary>
/// What a pod as a whole has, as its status tells it of every pod: before it runs what it was granted, and then what its group has.
/// <code>
/// Pending   requests: {cpu: 100m, memory: 64Mi, ephemeral-storage: 1Gi}   limits: {cpu: 1}
/// Running   requests: {cpu: 100m, memory: 64Mi}                           limits: {}        one of its containers has no limit
/// </code>
/// Upstream: convertToAPIPodLevelResourcesStatus.
/// </summary>
internal static class PodResourceStatus
{
    /// <summary>The kernel cannot tell such small shares, or such small limits, from one another.</summary>
    private const long MinShares = 2;
    private const long MinLimit = 10;

    public static Dictionary<string, Quantity>? Allocated(Pod pod) => Stated(PodTotals.Requests(pod));

    /// <param name="granted">The pod with what it was granted.</param>
    /// <param name="inForce">The pod with what its containers and its group were told.</param>
    /// <param name="isRunning">Its group has them.</param>
    public static ResourceRequirements Of(Pod granted, Pod inForce, bool isRunning)
    {
        if (!isRunning)
        {
            return new() { Requests = Stated(PodTotals.Requests(granted)), Limits = Stated(PodTotals.Limits(granted)) };
        }

        var whole = inForce.Spec.Resources;
        var (requests, limits) = ((whole?.Requests).OrEmpty().ToDictionary(), (whole?.Limits).OrEmpty().ToDictionary());
        Set(requests, PodResources.Cpu, PodResources.Request(inForce, PodResources.Cpu), MinShares);
        if (PodTotals.Requests(inForce).TryGetValue(PodResources.Memory, out var memory))
        {
            requests[PodResources.Memory] = memory;
        }

        Set(limits, PodResources.Cpu, PodResources.Limit(inForce, PodResources.Cpu), MinLimit);
        Set(limits, PodResources.Memory, PodResources.Limit(inForce, PodResources.Memory), 0);
        return new() { Requests = Stated(requests), Limits = Stated(limits) };
    }

    private static void Set(Dictionary<string, Quantity> list, string resource, Quantity? value, long least)
    {
        if (value is { } known && known.AsMilli() > least)
        {
            list[resource] = known;
        }
    }

    private static Dictionary<string, Quantity>? Stated(Dictionary<string, Quantity> list) => list.Count > 0 ? list : null;
}
