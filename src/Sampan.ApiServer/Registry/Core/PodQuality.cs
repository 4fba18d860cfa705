using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>A pod's quality-of-service class from its CPU and memory requests and limits.</summary>
internal static class PodQuality
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string ClassOf(PodSpec spec)
    {
        var containers = spec.Containers.Concat(spec.InitContainers.OrEmpty()).Select(container => container.Resources);
        var resources = spec.Resources is { } pod ? [pod] : containers.ToList();
        var any = resources.Any(one => HasCounted(one.Requests) || HasCounted(one.Limits));
        if (!any)
        {
            return "BestEffort";
        }
        return resources.All(IsGuaranteed) ? "Guaranteed" : "Burstable";
    }

    private static bool HasCounted(Dictionary<string, Quantity>? list) =>
        list.OrEmpty().Any(entry => Counted.Contains(entry.Key) && !entry.Value.IsZero);

    private static bool IsGuaranteed(ResourceRequirements resources) => Counted.All(name =>
        resources.Limits.OrEmpty().TryGetValue(name, out var limit)
        && !limit.IsZero
        && (!resources.Requests.OrEmpty().TryGetValue(name, out var request) || request == limit));
}
