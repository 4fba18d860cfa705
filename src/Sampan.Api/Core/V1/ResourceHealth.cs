namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ResourceHealth")]
public sealed partial class ResourceHealth : IApiType<ResourceHealth>
{
    [Field("resourceID", 1, Required = true)]
    public string ResourceID { get; set; } = "";

    [Field("health", 2)]
    public string? Health { get; set; }

    [Field("message", 6, Pointer = true)]
    public string? Message { get; set; }
}
