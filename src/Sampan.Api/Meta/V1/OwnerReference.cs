namespace Sampan.Api.Meta.V1;

/// <summary>An object whose deletion takes this one along.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.OwnerReference", MapType = "atomic")]
public sealed partial class OwnerReference : IApiType<OwnerReference>
{
    /// <summary>The owner's group and version.</summary>
    [Field("apiVersion", 5, Required = true)]
    public string ApiVersion { get; set; } = "";

    /// <summary>The owner's kind.</summary>
    [Field("kind", 1, Required = true)]
    public string Kind { get; set; } = "";

    /// <summary>The owner's name.</summary>
    [Field("name", 3, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The owner's UID; another object of the same name is not the owner.</summary>
    [Field("uid", 4, Required = true)]
    public string Uid { get; set; } = "";

    /// <summary>Whether this owner is the one that manages the object; at most one is.</summary>
    [Field("controller", 6)]
    public bool? Controller { get; set; }

    /// <summary>Whether the owner, deleted in the foreground, waits until this object is gone.</summary>
    [Field("blockOwnerDeletion", 7)]
    public bool? BlockOwnerDeletion { get; set; }
}
