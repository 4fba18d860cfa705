namespace Sampan.Api.Resource.V1;

/// <summary>Settings for devices that a claim got, and where they come from.</summary>
[ApiType("io.k8s.api.resource.v1.DeviceAllocationConfiguration")]
public sealed partial class DeviceAllocationConfiguration : IApiType<DeviceAllocationConfiguration>
{
    /// <summary>FromClass or FromClaim.</summary>
    [Field("source", 1, Required = true)]
    public string Source { get; set; } = "";

    /// <summary>The requests that the settings are for; all when empty.</summary>
    [Field("requests", 2, ListType = "atomic")]
    public List<string>? Requests { get; set; }

    /// <summary>Settings in a form that only the driver knows.</summary>
    [Field("opaque", 1, Embedded = [3])]
    public OpaqueDeviceConfiguration? Opaque { get; set; }
}
