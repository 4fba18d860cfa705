namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.Device")]
public sealed partial class Device : IApiType<Device>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>What the device is.</summary>
    [Field("basic", 2)]
    public BasicDevice? Basic { get; set; }
}
