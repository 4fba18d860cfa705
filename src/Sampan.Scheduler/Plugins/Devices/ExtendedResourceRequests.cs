using Sampan.Api.Core.V1;
using Sampan.Api.Resource.V1;

namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>
/// The devices that containers ask for as extended resources, and which container gets which. Init containers run one after
/// the other before the others start, so they use the devices of those that start later, and share what they need beyond that.
/// <code>
/// init a: 3 gpu    main b: 2 gpu    ─►  container-0-request-0: 1   container-1-request-0: 2
///                                       a → both, b → the second
/// </code>
/// </summary>
internal sealed class ExtendedResourceRequests
{
    private readonly List<(Container Container, bool IsShortLived)> _containers;

    private ExtendedResourceRequests(Pod pod) => _containers =
    [
        .. pod.Spec.InitContainers.OrEmpty().Select(container => (container, container.RestartPolicy != "Always")),
        .. pod.Spec.Containers.Select(container => (container, false)),
    ];

    public List<DeviceRequest> Requests { get; } = [];

    public List<ContainerExtendedResourceRequest> Mappings { get; } = [];

    public static ExtendedResourceRequests Of(Pod pod, IEnumerable<string> resources, ExtendedResources classes)
    {
        var result = new ExtendedResourceRequests(pod);
        foreach (var resource in resources.Order(StringComparer.Ordinal)) result.Add(resource, classes.ClassOf(resource)!.Metadata.Name!);
        result.Requests.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return result;
    }

    private void Add(string resource, string className)
    {
        var lasting = new DeviceRequest?[_containers.Count];
        for (var i = 0; i < lasting.Length; i++)
        {
            if (!_containers[i].IsShortLived) lasting[i] = Request(i, resource, className, [], Mappings);
        }
        Requests.AddRange(lasting.OfType<DeviceRequest>());
        AddShortLived(resource, className, lasting);
    }

    // What init containers need beyond the others' devices is one request, as large as the largest.
    private void AddShortLived(string resource, string className, DeviceRequest?[] lasting)
    {
        var (own, mappings) = (new List<DeviceRequest>(), new List<ContainerExtendedResourceRequest>());
        for (var i = 0; i < lasting.Length; i++)
        {
            if (_containers[i].IsShortLived && Request(i, resource, className, lasting.Skip(i).OfType<DeviceRequest>(), mappings) is { } request) own.Add(request);
        }
        if (own.MaxBy(request => request.Exactly!.Count) is { } largest)
        {
            Requests.Add(largest);
            foreach (var mapping in mappings.Where(mapping => own.Exists(request => request.Name == mapping.RequestName))) mapping.RequestName = largest.Name;
        }
        Mappings.AddRange(mappings);
    }

    private DeviceRequest? Request(int index, string resource, string className, IEnumerable<DeviceRequest> reusable, List<ContainerExtendedResourceRequest> mappings)
    {
        var container = _containers[index].Container;
        var requests = (container.Resources?.Requests).OrEmpty();
        var missing = requests.GetValueOrDefault(resource).AsLong();
        if (missing <= 0) return null;
        foreach (var request in reusable)
        {
            mappings.Add(Mapping(container, resource, request.Name));
            if ((missing -= request.Exactly!.Count) <= 0) return null;
        }
        var place = requests.Keys.Count(other => string.CompareOrdinal(other, resource) < 0);
        var own = new DeviceRequest
        {
            Name = $"container-{index}-request-{place}",
            Exactly = new ExactDeviceRequest { DeviceClassName = className, AllocationMode = "ExactCount", Count = missing },
        };
        mappings.Add(Mapping(container, resource, own.Name));
        return own;
    }

    private static ContainerExtendedResourceRequest Mapping(Container container, string resource, string request) =>
        new() { ContainerName = container.Name, ResourceName = resource, RequestName = request };
}
