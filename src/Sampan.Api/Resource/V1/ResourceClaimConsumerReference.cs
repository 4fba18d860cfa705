namespace Sampan.Api.Resource.V1;

/// <summary>Names who uses a claim.</summary>
[ApiType("io.k8s.api.resource.v1.ResourceClaimConsumerReference")]
public sealed partial class ResourceClaimConsumerReference : IApiType<ResourceClaimConsumerReference>
{
    /// <summary>The user's API group; empty for the core group.</summary>
    [Field("apiGroup", 1)]
    public string? ApiGroup { get; set; }

    /// <summary>The user's resource in plural, such as pods.</summary>
    [Field("resource", 3, Required = true)]
    public string Resource { get; set; } = "";

    /// <summary>The user's name.</summary>
    [Field("name", 4, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The user's UID.</summary>
    [Field("uid", 5, Required = true)]
    public string Uid { get; set; } = "";
}
