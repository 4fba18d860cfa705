using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>
/// What a pod that says something of its resources as a whole has besides: requests from its containers, then from its limits, and
/// limits of huge pages from its containers. Upstream: defaultPodRequests, defaultHugePagePodLimits.
/// </summary>
internal static class PodResourceDefaults
{
    public static void Apply(PodSpec spec)
    {
        if (spec.Resources is not { } resources || (resources.Requests.OrEmpty().Count == 0 && resources.Limits.OrEmpty().Count == 0))
        {
            return;
        }
        foreach (var (name, limit) in PodAmounts.Limits(spec).Where(one => ResourceNames.IsHugePages(one.Key)))
        {
            (resources.Limits ??= []).TryAdd(name, limit);
        }
        foreach (var (name, sum) in PodAmounts.Requests(spec).Where(one => PodAmounts.IsOfPods(one.Key) && ResourceNames.MayOvercommit(one.Key)))
        {
            (resources.Requests ??= []).TryAdd(name, sum);
        }
        foreach (var (name, limit) in resources.Limits.OrEmpty().Where(one => PodAmounts.IsOfPods(one.Key)))
        {
            (resources.Requests ??= []).TryAdd(name, limit);
        }
    }
}
