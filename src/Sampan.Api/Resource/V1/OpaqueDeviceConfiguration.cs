namespace Sampan.Api.Resource.V1;

/// <summary>Settings that are handed to a driver as they are.</summary>
[ApiType("io.k8s.api.resource.v1.OpaqueDeviceConfiguration")]
public sealed partial class OpaqueDeviceConfiguration : IApiType<OpaqueDeviceConfiguration>
{
    /// <summary>The driver that the settings are for, by its DNS name.</summary>
    [Field("driver", 1, Required = true)]
    public string Driver { get; set; } = "";

    /// <summary>The settings, an object with kind and apiVersion; at most 10 KiB.</summary>
    [Field("parameters", 2, Required = true)]
    public RawExtension Parameters { get; set; }
}
