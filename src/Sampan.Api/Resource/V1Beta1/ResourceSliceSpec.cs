using Sampan.Api.Core.V1;

namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.ResourceSliceSpec")]
public sealed partial class ResourceSliceSpec : IApiType<ResourceSliceSpec>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("pool", 2, Required = true)]
    public ResourcePool Pool { get; set; } = new();

    [Field("nodeName", 3)]
    public string? NodeName { get; set; }

    [Field("nodeSelector", 4)]
    public NodeSelector? NodeSelector { get; set; }

    [Field("allNodes", 5)]
    public bool AllNodes { get; set; }

    [Field("devices", 6, ListType = "atomic")]
    public List<Device>? Devices { get; set; }

    [Field("perDeviceNodeSelection", 7)]
    public bool? PerDeviceNodeSelection { get; set; }

    [Field("sharedCounters", 8, ListType = "atomic")]
    public List<CounterSet>? SharedCounters { get; set; }
}
