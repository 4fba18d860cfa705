namespace Sampan.Api.Resource.V1Beta2;

[ApiType("io.k8s.api.resource.v1beta2.ResourceClaimConsumerReference")]
public sealed partial class ResourceClaimConsumerReference : IApiType<ResourceClaimConsumerReference>
{
    [Field("apiGroup", 1)]
    public string? ApiGroup { get; set; }

    [Field("resource", 3, Required = true)]
    public string Resource { get; set; } = "";

    [Field("name", 4, Required = true)]
    public string Name { get; set; } = "";

    [Field("uid", 5, Required = true)]
    public string Uid { get; set; } = "";
}
