using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>The storage drivers that run on one node.</summary>
[ApiType("io.k8s.api.storage.v1.CSINode")]
[Kind("storage.k8s.io", "v1", Plural = "csinodes", Singular = "csinode", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class CSINode : IObject<CSINode>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>The drivers of the node.</summary>
    [Field("spec", 2, Required = true)]
    public CSINodeSpec Spec { get; set; } = new();
}
