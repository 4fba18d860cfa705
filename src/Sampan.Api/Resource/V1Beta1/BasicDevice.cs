using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.BasicDevice")]
public sealed partial class BasicDevice : IApiType<BasicDevice>
{
    [Field("attributes", 1)]
    public Dictionary<string, DeviceAttribute>? Attributes { get; set; }

    [Field("capacity", 2)]
    public Dictionary<string, DeviceCapacity>? Capacity { get; set; }

    [Field("consumesCounters", 3, ListType = "atomic")]
    public List<DeviceCounterConsumption>? ConsumesCounters { get; set; }

    [Field("nodeName", 4, Pointer = true)]
    public string? NodeName { get; set; }

    [Field("nodeSelector", 5)]
    public NodeSelector? NodeSelector { get; set; }

    [Field("allNodes", 6)]
    public bool? AllNodes { get; set; }

    [Field("taints", 7, ListType = "atomic")]
    public List<DeviceTaint>? Taints { get; set; }

    [Field("bindsToNode", 8)]
    public bool? BindsToNode { get; set; }

    [Field("bindingConditions", 9, ListType = "atomic")]
    public List<string>? BindingConditions { get; set; }

    [Field("bindingFailureConditions", 10, ListType = "atomic")]
    public List<string>? BindingFailureConditions { get; set; }

    [Field("allowMultipleAllocations", 11)]
    public bool? AllowMultipleAllocations { get; set; }

    [Field("nodeAllocatableResourceMappings", 12)]
    public Dictionary<string, NodeAllocatableResourceMapping>? NodeAllocatableResourceMappings { get; set; }
}
