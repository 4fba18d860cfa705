namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.DeviceClassSpec")]
public sealed partial class DeviceClassSpec : IApiType<DeviceClassSpec>
{
    [Field("selectors", 1, ListType = "atomic")]
    public List<DeviceSelector>? Selectors { get; set; }

    [Field("config", 2, ListType = "atomic")]
    public List<DeviceClassConfiguration>? Config { get; set; }

    [Field("extendedResourceName", 4, Pointer = true)]
    public string? ExtendedResourceName { get; set; }
}
