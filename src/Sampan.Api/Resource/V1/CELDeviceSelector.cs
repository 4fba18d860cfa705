namespace Sampan.Api.Resource.V1;

/// <summary>Chooses devices by an expression.</summary>
[ApiType("io.k8s.api.resource.v1.CELDeviceSelector")]
public sealed partial class CELDeviceSelector : IApiType<CELDeviceSelector>
{
    /// <summary>
    /// A CEL expression over device.driver, device.attributes and device.capacity that gives true for devices that fit; at most 10 KiB.
    /// </summary>
    [Field("expression", 1, Required = true)]
    public string Expression { get; set; } = "";
}
