using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1;

/// <summary>Devices of one pool of one driver.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceSliceSpec")]
public sealed partial class ResourceSliceSpec : IApiType<ResourceSliceSpec>
{
    /// <summary>The driver that offers the devices, by its DNS name; immutable.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>The pool that the devices belong to.</summary>
    [Field("pool", 2, Required = true)]
    public ResourcePool Pool { get; set; } = new();

    /// <summary>The node that has the devices; immutable. One of the four ways to say where they are.</summary>
    [Field("nodeName", 3, Pointer = true)]
    public string? NodeName { get; set; }

    /// <summary>The nodes that can use the devices; one of the four ways to say where they are.</summary>
    [Field("nodeSelector", 4)]
    public NodeSelector? NodeSelector { get; set; }

    /// <summary>Whether every node can use the devices; one of the four ways to say where they are.</summary>
    [Field("allNodes", 5)]
    public bool? AllNodes { get; set; }

    /// <summary>The devices; at most 128, and 64 where some use taints or counters. Not in the same slice as shared counters.</summary>
    [Field("devices", 6, ListType = "atomic")]
    public List<Device>? Devices { get; set; }

    /// <summary>Whether each device says itself where it is; one of the four ways to say where they are.</summary>
    [Field("perDeviceNodeSelection", 7)]
    public bool? PerDeviceNodeSelection { get; set; }

    /// <summary>Counters that the pool's devices draw on; at most 8 sets. Not in the same slice as devices.</summary>
    [Field("sharedCounters", 8, ListType = "atomic")]
    public List<CounterSet>? SharedCounters { get; set; }
}
