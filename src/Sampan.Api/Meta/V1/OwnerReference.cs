namespace Sampan.Api.Meta.V1;

/// <summary>An object whose deletion takes this one along.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference", MapType = "atomic")]
public sealed partial class OwnerReference : IApiType<OwnerReference>
{
    [Field("apiVersion", 5, Required = true)]
    public string ApiVersion { get; set; } = "";

    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    [Field("uid", 4, Required = true)]
    public string Uid { get; set; } = "";

    [Field("controller", 6)]
    public bool? Controller { get; set; }

    [Field("blockOwnerDeletion", 7)]
    public bool? BlockOwnerDeletion { get; set; }
}
