namespace Sampan.Api.Resource.V1Beta1;

[ApiType("io.k8s.api.resource.v1beta1.CapacityRequirements")]
public sealed partial class CapacityRequirements : IApiType<CapacityRequirements>
{
    [Field("requests", 1)]
    public Dictionary<string, Quantity>? Requests { get; set; }
}
