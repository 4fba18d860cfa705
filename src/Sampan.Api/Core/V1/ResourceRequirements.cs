namespace Sampan.Api.Core.V1;

/// <summary>The resources a container is promised and may use at most.</summary>
[ApiType("io.k8s.api.core.v1.ResourceRequirements")]
public sealed partial class ResourceRequirements : IApiType<ResourceRequirements>
{
    /// <summary>Most that may be used, by resource; more CPU is throttled, more memory gets the container killed.</summary>
    [Field("limits", 1)]
    public Dictionary<string, Quantity>? Limits { get; set; }

    /// <summary>Amounts reserved on the node, by resource; equal to the limits when absent, never above them.</summary>
    [Field("requests", 2)]
    public Dictionary<string, Quantity>? Requests { get; set; }

    /// <summary>ResourceClaims of the pod that the container uses; immutable, not for the pod as a whole.</summary>
    [Field("claims", 3, ListType = "map", ListKeys = ["name"])]
    public List<ResourceClaim>? Claims { get; set; }
}
