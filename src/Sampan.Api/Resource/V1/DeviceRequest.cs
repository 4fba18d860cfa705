namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.DeviceRequest")]
public sealed partial class DeviceRequest : IApiType<DeviceRequest>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("exactly", 2)]
    public ExactDeviceRequest? Exactly { get; set; }

    [Field("firstAvailable", 3, ListType = "atomic")]
    public List<DeviceSubRequest>? FirstAvailable { get; set; }
}
