using Sampan.Api;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Eviction;

/// <summary>The containers of a pod that used more than they asked for, as the event of an eviction names them.</summary>
/// <param name="Resource">What ran short.</param>
internal sealed record EvictionUsers(string Resource, IReadOnlyList<(string Container, Quantity Usage, Quantity Request)> Containers)
{
    /// <summary>For people.</summary>
    public string Message => string.Concat(Containers.Select(c => $"Container {c.Container} was using {c.Usage}, request is {c.Request}, has larger consumption of {Resource}. "));

    /// <summary>For programs, under upstream's keys.</summary>
    public Dictionary<string, string> Annotations => new()
    {
        ["starved_resource"] = Resource,
        ["offending_containers"] = string.Join(',', Containers.Select(c => c.Container)),
        ["offending_containers_usage"] = string.Join(',', Containers.Select(c => c.Usage)),
    };

    public static EvictionUsers Of(string resource, PodStats pod) => new(
        resource,
        [.. from container in pod.Containers
            let usage = Usage(resource, container)
            let request = pod.Pod.FindContainer(container.Name) is { } found ? PodResources.RequestOf(found, resource) : Quantity.Zero
            where usage > request.AsLong()
            select (container.Name, new Quantity(usage.Value, QuantityFormat.BinarySI), request)]);

    private static long? Usage(string resource, ContainerStats container) => resource switch
    {
        PodResources.Memory => container.Memory?.WorkingSet,
        "ephemeral-storage" => container is { RootFs: { } layer, Logs: { } logs } ? layer.Used + logs.Used : null,
        _ => null,
    };
}
