namespace Sampan.Api.Resource.V1;

/// <summary>The devices of a class, and their settings.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceClassSpec")]
public sealed partial class DeviceClassSpec : IApiType<DeviceClassSpec>
{
    /// <summary>What a device must be to belong to the class; all of these have to hold.</summary>
    [Field("selectors", 1, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    /// <summary>Settings that drivers get with every device of the class.</summary>
    [Field("config", 2, ListType = "atomic")]
    public List<DeviceClassConfiguration>? Config { get; set; }

    /// <summary>The extended resource, such as example.com/gpu, that pods may ask for in order to get devices of this class.</summary>
    [Field("extendedResourceName", 4, Pointer = true)]
    public string? ExtendedResourceName { get; set; }
}
