using Sampan.Api.Core.V1;

namespace Sampan.Scheduler.Cache;

/// <summary>
/// What a pod asks for as a whole. Init containers run one after the other, beside the sidecars (restartable init
/// containers) that were started before them:
/// <code>
/// requests = max(Σ containers + Σ sidecars, max over init containers (its own + sidecars before it)) + overhead
/// </code>
/// Requests on the pod's own level replace that sum, resource by resource. While a running container is being resized, the
/// larger of what it shall have and what it has counts.
/// </summary>
internal static class PodRequests
{
    // What an empty request counts as when nodes are compared, so that pods without requests spread too.
    private const long DefaultMilliCpu = 100;
    private const long DefaultMemory = 200 * 1024 * 1024;

    public static Resources Of(Pod pod) => Sum(pod, static requests => requests);

    /// <summary>As <see cref="Of"/>, with a small default for containers that ask for no CPU or memory.</summary>
    public static Resources NonZeroOf(Pod pod) => Sum(pod, static requests =>
    {
        if (requests.MilliCpu == 0) requests.MilliCpu = DefaultMilliCpu;
        if (requests.Memory == 0) requests.Memory = DefaultMemory;
        return requests;
    });

    private static Resources Sum(Pod pod, Func<Resources, Resources> adjust)
    {
        var total = new Resources();
        var isImpossible = IsResizeImpossible(pod);
        foreach (var container in pod.Spec.Containers) total.Add(adjust(Of(container, pod.Status.ContainerStatuses, isImpossible)));
        var sidecars = new Resources();
        var init = new Resources();
        foreach (var container in pod.Spec.InitContainers.OrEmpty())
        {
            if (container.RestartPolicy == "Always")
            {
                sidecars.Add(adjust(Of(container, pod.Status.InitContainerStatuses, isImpossible)));
                init.Max(sidecars);
                continue;
            }
            var own = adjust(Resources.From(container.Resources?.Requests));
            own.Add(sidecars);
            init.Max(own);
        }
        total.Add(sidecars);
        total.Max(init);
        OverrideByPod(pod, total, isImpossible);
        total.Add(Resources.From(pod.Spec.Overhead));
        return total;
    }

    private static Resources Of(Container container, List<ContainerStatus>? statuses, bool isImpossible)
    {
        var wanted = Resources.From(container.Resources?.Requests);
        if (statuses?.Find(status => status.Name == container.Name) is not { } status || (status.Resources is null && status.AllocatedResources is null)) return wanted;
        return Largest(wanted, status.Resources?.Requests, status.AllocatedResources, isImpossible);
    }

    // A resize that will never be done asks for nothing.
    private static Resources Largest(Resources wanted, Dictionary<string, Quantity>? actual, Dictionary<string, Quantity>? allocated, bool isImpossible)
    {
        var largest = isImpossible ? new Resources() : wanted;
        largest.Max(Resources.From(actual));
        largest.Max(Resources.From(allocated));
        return largest;
    }

    private static bool IsResizeImpossible(Pod pod) =>
        pod.Status.Conditions is { } conditions && conditions.Exists(c => c is { Type: "PodResizePending", Status: "True", Reason: "Infeasible" });

    private static void OverrideByPod(Pod pod, Resources total, bool isImpossible)
    {
        if (pod.Spec.Resources?.Requests is not { Count: > 0 } requests) return;
        var own = Resources.From(requests);
        if (pod.Status.Resources is not null || pod.Status.AllocatedResources is not null)
        {
            own = Largest(own, pod.Status.Resources?.Requests, pod.Status.AllocatedResources, isImpossible);
        }
        foreach (var name in requests.Keys)
        {
            if (name is ResourceNames.Cpu or ResourceNames.Memory || name.StartsWith(ResourceNames.HugePagesPrefix, StringComparison.Ordinal)) total[name] = own[name];
        }
    }
}
