namespace Sampan.Api.Meta.V1;

/// <summary>Names a resource by group, version and plural.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.GroupVersionResource")]
public sealed partial class ResourceReference : IApiType<ResourceReference>
{
    /// <summary>The API group; empty for the core group.</summary>
    [Field("group", 1, Required = true)]
    public string Group { get; set; } = "";

    /// <summary>The version, such as v1.</summary>
    [Field("version", 2, Required = true)]
    public string Version { get; set; } = "";

    /// <summary>The resource in plural.</summary>
    [Field("resource", 3, Required = true)]
    public string Resource { get; set; } = "";
}
