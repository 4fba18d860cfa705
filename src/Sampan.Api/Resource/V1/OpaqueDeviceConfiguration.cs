namespace Sampan.Api.Resource.V1;

[ApiType("io.k8s.api.resource.v1.OpaqueDeviceConfiguration")]
public sealed partial class OpaqueDeviceConfiguration : IApiType<OpaqueDeviceConfiguration>
{
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    [Field("parameters", 2, Required = true)]
    public RawExtension Parameters { get; set; }
}
