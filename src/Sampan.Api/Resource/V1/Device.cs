using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>One device that a driver offers.</summary>
[ApiType("io.k8s.api.resource.v1.Device")]
public sealed partial class Device : IApiType<Device>
{
    /// <summary>The device's name, unique in its pool.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>Facts about the device that expressions can ask for; names without a domain belong to the driver's.</summary>
    [Field("attributes", 2)]
    public Dictionary<string, DeviceAttribute>? Attributes { get; set; }

    /// <summary>Amounts that the device has, such as memory, by name.</summary>
    [Field("capacity", 3)]
    public Dictionary<string, DeviceCapacity>? Capacity { get; set; }

    /// <summary>What the device takes of the pool's shared counters while somebody has it.</summary>
    [Field("consumesCounters", 4, ListType = "atomic")]
    public List<DeviceCounterConsumption>? ConsumesCounters { get; set; }

    /// <summary>The node that has the device; only where the slice says perDeviceNodeSelection.</summary>
    [Field("nodeName", 5, Pointer = true)]
    public string? NodeName { get; set; }

    /// <summary>The nodes that can use the device; only where the slice says perDeviceNodeSelection.</summary>
    [Field("nodeSelector", 6)]
    public NodeSelector? NodeSelector { get; set; }

    /// <summary>Whether every node can use the device; only where the slice says perDeviceNodeSelection.</summary>
    [Field("allNodes", 7)]
    public bool? AllNodes { get; set; }

    /// <summary>What keeps claims away that do not tolerate it.</summary>
    [Field("taints", 8, ListType = "atomic")]
    public List<DeviceTaint>? Taints { get; set; }

    /// <summary>Whether the claim is tied to the one node that the scheduler chose, though the device could serve more.</summary>
    [Field("bindsToNode", 9)]
    public bool? BindsToNode { get; set; }

    /// <summary>Conditions that must be True in the claim's status before its pod is bound; at most 4.</summary>
    [Field("bindingConditions", 10, ListType = "atomic")]
    public List<string>? BindingConditions { get; set; }

    /// <summary>Conditions of which a True one makes the scheduler give the device back and choose anew; at most 4.</summary>
    [Field("bindingFailureConditions", 11, ListType = "atomic")]
    public List<string>? BindingFailureConditions { get; set; }

    /// <summary>Whether several claims may have the device at once, each a part of its capacity.</summary>
    [Field("allowMultipleAllocations", 12)]
    public bool? AllowMultipleAllocations { get; set; }

    /// <summary>What the device takes of the node's own resources, such as cpu, by resource.</summary>
    [Field("nodeAllocatableResourceMappings", 13)]
    public Dictionary<string, NodeAllocatableResourceMapping>? NodeAllocatableResourceMappings { get; set; }
}
