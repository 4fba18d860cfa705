namespace Sampan.Api.Core.V1;

/// <summary>Health of one device that a pod was given.</summary>
[ApiType("io.k8s.api.core.v1.ResourceHealth")]
public sealed partial class ResourceHealth : IApiType<ResourceHealth>
{
    /// <summary>Identifier of the device, unique on its node.</summary>
    [Field("resourceID", 1, Required = true)]
    public string ResourceID { get; set; } = "";

    /// <summary>Healthy, Unhealthy (perhaps only for now) or Unknown (nothing is reported).</summary>
    [Field("health", 2)]
    public string? Health { get; set; }

    /// <summary>More about the health, for people, if the device's driver gives it.</summary>
    [Field("message", 6, Pointer = true)]
    public string? Message { get; set; }
}
