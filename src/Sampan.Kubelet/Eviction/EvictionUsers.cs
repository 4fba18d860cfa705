using Sampan.Api;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>Which containers of a pod used more than they asked for, as an eviction's message names them.</summary>
internal static class EvictionUsers
{
    public static string Of(string resource, PodStats pod) => string.Concat(
        from container in pod.Containers
        let usage = Usage(resource, container)
        let request = pod.Pod.FindContainer(container.Name) is { } found ? PodResources.RequestOf(found, resource) : Quantity.Zero
        where usage > request.AsLong()
        select $"Container {container.Name} was using {new Quantity(usage.Value, QuantityFormat.BinarySI)}, request is {request}, has larger consumption of {resource}. ");

    private static long? Usage(string resource, ContainerStats container) => resource switch
    {
        PodResources.Memory => container.Memory?.WorkingSet,
        "ephemeral-storage" => (container.RootFs?.Used ?? 0) + (container.Logs?.Used ?? 0),
        _ => null,
    };
}
