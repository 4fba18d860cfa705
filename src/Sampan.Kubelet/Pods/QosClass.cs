using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>How dearly a pod is held when the node runs short.</summary>
internal static class QosClass
{
    public const string Guaranteed = "Guaranteed";
    public const string Burstable = "Burstable";
    public const string BestEffort = "BestEffort";
    private static readonly string[] Counted = [PodResources.Cpu, PodResources.Memory];

    /// <summary>
    /// Guaranteed: every container has limits of CPU and memory that equal its requests. BestEffort: nothing is stated.
    /// </summary>
    public static string Of(Pod pod)
    {
        if (pod.Status.QosClass is { Length: > 0 } known)
        {
            return known;
        }

        var parts = pod.Spec.Resources is { } whole && (HasAny(whole.Requests) || HasAny(whole.Limits))
            ? [whole]
            : pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).Select(c => c.Resources).ToList();
        if (parts.TrueForAll(p => !HasAny(p.Requests) && !HasAny(p.Limits)))
        {
            return BestEffort;
        }

        return parts.TrueForAll(IsGuaranteed) ? Guaranteed : Burstable;
    }

    private static bool IsGuaranteed(ResourceRequirements part) => Counted.All(resource =>
    {
        var limit = PodResources.Value(part.Limits, resource);
        return !limit.IsZero && (!part.Requests.OrEmpty().TryGetValue(resource, out var request) || request == limit);
    });

    private static bool HasAny(Dictionary<string, Quantity>? list) => Counted.Any(resource => !PodResources.Value(list, resource).IsZero);
}
