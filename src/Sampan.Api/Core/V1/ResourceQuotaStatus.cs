namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.ResourceQuotaStatus")]
public sealed partial class ResourceQuotaStatus : IApiType<ResourceQuotaStatus>
{
    [Field("hard", 1)]
    public Dictionary<string, Quantity>? Hard { get; set; }

    [Field("used", 2)]
    public Dictionary<string, Quantity>? Used { get; set; }
}
