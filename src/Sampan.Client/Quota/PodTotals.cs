using Sampan.Api.Core.V1;

namespace Sampan.Client.Quota;

/// <summary>
/// What a pod as a whole asks for and may use, by resource name. Init containers run one after another beside the sidecars
/// that were started before them:
/// <code>max(Σ containers + Σ sidecars, the greatest (init container + the sidecars before it)), then the pod's own, + overhead</code>
/// </summary>
public static class PodTotals
{
    /// <summary>The requests; with statuses, a container counts as what it has until a resize has given it back.</summary>
    public static Dictionary<string, Quantity> Requests(Pod pod, bool useStatus = false)
    {
        var total = Total(pod.Spec, container => RequestsOf(pod, container, useStatus));
        Override(total, pod.Spec.Resources?.Requests);
        return ResourceLists.Add(total, pod.Spec.Overhead.OrEmpty());
    }

    public static Dictionary<string, Quantity> Limits(Pod pod, bool useStatus = false)
    {
        var total = Total(pod.Spec, container => LimitsOf(pod, container, useStatus));
        Override(total, pod.Spec.Resources?.Limits);
        foreach (var (name, overhead) in pod.Spec.Overhead.OrEmpty())
        {
            if (total.TryGetValue(name, out var limit) && !limit.IsZero)
            {
                total[name] = limit + overhead;
            }
        }
        return total;
    }

    private static Dictionary<string, Quantity> Total(PodSpec spec, Func<Container, IReadOnlyDictionary<string, Quantity>> of)
    {
        var total = new Dictionary<string, Quantity>();
        foreach (var container in spec.Containers)
        {
            total = ResourceLists.Add(total, of(container));
        }
        var (sidecars, peak) = (new Dictionary<string, Quantity>(), new Dictionary<string, Quantity>());
        foreach (var init in spec.InitContainers.OrEmpty())
        {
            var running = ResourceLists.Add(sidecars, of(init));
            peak = ResourceLists.Max(peak, running);
            sidecars = init.RestartPolicy == "Always" ? running : sidecars;
        }
        return ResourceLists.Max(ResourceLists.Add(total, sidecars), peak);
    }

    private static void Override(Dictionary<string, Quantity> total, Dictionary<string, Quantity>? own)
    {
        foreach (var (name, amount) in own.OrEmpty())
        {
            if (name is "cpu" or "memory" || name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                total[name] = amount;
            }
        }
    }

    private static IReadOnlyDictionary<string, Quantity> RequestsOf(Pod pod, Container container, bool useStatus)
    {
        var asked = container.Resources.Requests.OrEmpty();
        if (!useStatus || StatusOf(pod, container) is not { } status)
        {
            return asked;
        }
        var held = ResourceLists.Max((status.Resources?.Requests).OrEmpty(), status.AllocatedResources.OrEmpty());
        return IsInfeasible(pod) ? held : ResourceLists.Max(asked, held);
    }

    private static IReadOnlyDictionary<string, Quantity> LimitsOf(Pod pod, Container container, bool useStatus)
    {
        var asked = container.Resources.Limits.OrEmpty();
        if (!useStatus || StatusOf(pod, container)?.Resources is not { } status)
        {
            return asked;
        }
        return IsInfeasible(pod) ? status.Limits.OrEmpty() : ResourceLists.Max(asked, status.Limits.OrEmpty());
    }

    private static ContainerStatus? StatusOf(Pod pod, Container container) =>
        pod.Status.ContainerStatuses.OrEmpty().Concat(pod.Status.InitContainerStatuses.OrEmpty())
            .FirstOrDefault(status => status.Name == container.Name && status.Resources is not null);

    private static bool IsInfeasible(Pod pod) =>
        pod.Status.Conditions.OrEmpty().Any(condition => condition is { Type: "PodResizePending", Reason: "Infeasible" });
}
