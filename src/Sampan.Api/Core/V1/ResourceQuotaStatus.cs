namespace Sampan.Api.Core.V1;

/// <summary>What a quota enforces and how much of it is used up.</summary>
[ApiType("io.k8s.api.core.v1.ResourceQuotaStatus")]
public sealed partial class ResourceQuotaStatus : IApiType<ResourceQuotaStatus>
{
    /// <summary>Limits in force, by resource.</summary>
    [Field("hard", 1)]
    public Dictionary<string, Quantity>? Hard { get; set; }

    /// <summary>Present use in the namespace, by resource.</summary>
    [Field("used", 2)]
    public Dictionary<string, Quantity>? Used { get; set; }
}
