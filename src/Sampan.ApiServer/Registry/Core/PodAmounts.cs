using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>
/// What a pod's containers need together. Init containers run one after the other, beside the sidecars that started before them:
/// <code>
/// init: a (sidecar, 1), b (4), c (sidecar, 2)   containers: d (3)   →   max(1 + 4, 1 + 2 + 3) = 6
/// </code>
/// Upstream: component-helpers/resource.
/// </summary>
internal static class PodAmounts
{
    public static IReadOnlyDictionary<string, Quantity> Requests(PodSpec spec) => Sum(spec, resources => resources.Requests);

    public static IReadOnlyDictionary<string, Quantity> Limits(PodSpec spec) => Sum(spec, resources => resources.Limits);

    /// <summary>Whether a pod as a whole can ask for it.</summary>
    public static bool IsOfPods(string resource) => resource is "cpu" or "memory" || ResourceNames.IsHugePages(resource);

    private static Dictionary<string, Quantity> Sum(PodSpec spec, Func<ResourceRequirements, Dictionary<string, Quantity>?> list)
    {
        var (sum, sidecars, most) = (new Dictionary<string, Quantity>(), new Dictionary<string, Quantity>(), new Dictionary<string, Quantity>());
        foreach (var container in spec.Containers)
        {
            Add(sum, list(container.Resources));
        }
        foreach (var container in spec.InitContainers.OrEmpty())
        {
            var now = new Dictionary<string, Quantity>(sidecars);
            Add(now, list(container.Resources));
            if (PodContainers.IsSidecar(container))
            {
                Add(sum, list(container.Resources));
                sidecars = now;
            }
            Max(most, now);
        }
        Max(sum, most);
        return sum;
    }

    private static void Add(Dictionary<string, Quantity> sum, Dictionary<string, Quantity>? amounts)
    {
        foreach (var (name, amount) in amounts.OrEmpty())
        {
            sum[name] = sum.TryGetValue(name, out var had) ? had + amount : amount;
        }
    }

    private static void Max(Dictionary<string, Quantity> most, Dictionary<string, Quantity> amounts)
    {
        foreach (var (name, amount) in amounts)
        {
            if (!most.TryGetValue(name, out var had) || amount > had)
            {
                most[name] = amount;
            }
        }
    }
}
