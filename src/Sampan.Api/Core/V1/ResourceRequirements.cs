namespace Sampan.Api.Core.V1;

/// <summary>The resources a container is promised and may use at most.</summary>
[ApiType("io.k8s.api.core.v1.ResourceRequirements")]
public sealed partial class ResourceRequirements : IApiType<ResourceRequirements>
{
    [Field("limits", 1)]
    public Dictionary<string, Quantity>? Limits { get; set; }

    [Field("requests", 2)]
    public Dictionary<string, Quantity>? Requests { get; set; }

    [Field("claims", 3, ListType = "map", ListKeys = ["name"])]
    public List<ResourceClaim>? Claims { get; set; }
}
