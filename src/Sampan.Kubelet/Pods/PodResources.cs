using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.Kubelet.Pods;

/// <summary>What a pod as a whole asks for and may use.</summary>
internal static class PodResources
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";

    public static Quantity Request(Pod pod, string resource) =>
        pod.Spec.Resources?.Requests.OrEmpty().TryGetValue(resource, out var own) == true
            ? own + Overhead(pod, resource)
            : Total(pod, c => RequestOf(c, resource)) + Overhead(pod, resource);

    /// <summary>The limit, or null when a container has none.</summary>
    public static Quantity? Limit(Pod pod, string resource)
    {
        if (pod.Spec.Resources?.Limits.OrEmpty().TryGetValue(resource, out var own) == true)
        {
            return own + Overhead(pod, resource);
        }

        return pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty()).Any(c => Value(c.Resources.Limits, resource).IsZero)
            ? null
            : Total(pod, c => Value(c.Resources.Limits, resource)) + Overhead(pod, resource);
    }

    /// <summary>A container without a limit of its own has the pod's, where that has one.</summary>
    public static Quantity LimitOf(Pod pod, Container container, string resource) =>
        Value(container.Resources.Limits, resource) is { IsZero: false } own ? own : Value(pod.Spec.Resources?.Limits, resource);

    /// <summary>A request that is not stated is the limit.</summary>
    public static Quantity RequestOf(Container container, string resource) =>
        container.Resources.Requests.OrEmpty().TryGetValue(resource, out var request) ? request : Value(container.Resources.Limits, resource);

    public static Quantity Value(Dictionary<string, Quantity>? list, string resource) => list.OrEmpty().GetValueOrDefault(resource);

    /// <summary>
    /// Init containers run one after another, before the others; sidecars run on beside what follows them.
    /// <code>max(all main + all sidecars, the greatest (init container + the sidecars before it))</code>
    /// </summary>
    public static Quantity Total(Pod pod, Func<Container, Quantity> of)
    {
        var running = Quantity.Zero;
        var peak = Quantity.Zero;
        foreach (var init in pod.Spec.InitContainers.OrEmpty())
        {
            var need = running + of(init);
            running = init.IsSidecar() ? need : running;
            peak = need > peak ? need : peak;
        }

        foreach (var container in pod.Spec.Containers)
        {
            running += of(container);
        }

        return running > peak ? running : peak;
    }

    private static Quantity Overhead(Pod pod, string resource) => Value(pod.Spec.Overhead, resource);
}
