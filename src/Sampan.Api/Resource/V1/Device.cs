using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.Device")]
public sealed partial class Device : IApiType<Device>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("attributes", 2)]
    public Dictionary<string, DeviceAttribute>? Attributes { get; set; }

    [Field("capacity", 3)]
    public Dictionary<string, DeviceCapacity>? Capacity { get; set; }

    [Field("consumesCounters", 4, ListType = "atomic")]
    public List<DeviceCounterConsumption>? ConsumesCounters { get; set; }

    [Field("nodeName", 5, Pointer = true)]
    public string? NodeName { get; set; }

    [Field("nodeSelector", 6)]
    public NodeSelector? NodeSelector { get; set; }

    [Field("allNodes", 7)]
    public bool? AllNodes { get; set; }

    [Field("taints", 8, ListType = "atomic")]
    public List<DeviceTaint>? Taints { get; set; }

    [Field("bindsToNode", 9)]
    public bool? BindsToNode { get; set; }

    [Field("bindingConditions", 10, ListType = "atomic")]
    public List<string>? BindingConditions { get; set; }

    [Field("bindingFailureConditions", 11, ListType = "atomic")]
    public List<string>? BindingFailureConditions { get; set; }

    [Field("allowMultipleAllocations", 12)]
    public bool? AllowMultipleAllocations { get; set; }

    [Field("nodeAllocatableResourceMappings", 13)]
    public Dictionary<string, NodeAllocatableResourceMapping>? NodeAllocatableResourceMappings { get; set; }
}
