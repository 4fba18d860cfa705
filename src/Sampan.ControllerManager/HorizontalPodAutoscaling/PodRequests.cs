using Sampan.Api.Core.V1;
using Sampan.Client.Quota;

namespace Sampan.ControllerManager.HorizontalPodAutoscaling;

/// <summary>What pods ask for of a resource, in thousandths: the measure of their utilization.</summary>
internal static class PodRequests
{
    /// <exception cref="MetricException">A container does not say.</exception>
    public static Dictionary<string, double> Of(IEnumerable<Pod> pods, string resource, string container)
    {
        var requests = new Dictionary<string, double>();
        foreach (var pod in pods) requests[pod.Metadata.Name] = container.Length > 0 ? OfContainer(pod, resource, container) : OfPod(pod, resource);
        return requests;
    }

    /// <summary>A pod that asks for something as a whole is not asked what each of its containers wants.</summary>
    private static double OfPod(Pod pod, string resource)
    {
        if (pod.Spec.Resources?.Requests is not { Count: > 0 }) return Running(pod).Sum(c => Request(pod, c, resource));
        return PodTotals.Requests(pod).TryGetValue(resource, out var whole)
            ? whole.AsMilli()
            : throw new MetricException($"missing pod-level request for {resource} in Pod {pod.Metadata.Name}");
    }

    private static double OfContainer(Pod pod, string resource, string container) =>
        Running(pod).FirstOrDefault(c => c.Name == container) is { } found
            ? Request(pod, found, resource)
            : throw new MetricException($"container {container} not found in Pod {pod.Metadata.Name}");

    /// <summary>Containers that run for the pod's whole life.</summary>
    private static IEnumerable<Container> Running(Pod pod) =>
        pod.Spec.Containers.Concat(pod.Spec.InitContainers.OrEmpty().Where(c => c.RestartPolicy == "Always"));

    private static double Request(Pod pod, Container container, string resource) =>
        container.Resources.Requests?.TryGetValue(resource, out var request) == true
            ? request.AsMilli()
            : throw new MetricException($"missing request for {resource} in container {container.Name} of Pod {pod.Metadata.Name}");
}
