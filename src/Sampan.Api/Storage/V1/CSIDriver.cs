using Sampan.Api.Meta.V1;

namespace Sampan.Api.Storage.V1;

/// <summary>A storage driver of the cluster and what it is able to do.</summary>
[ApiType("io.k8s.api.storage.v1.CSIDriver")]
[Kind("storage.k8s.io", "v1", Plural = "csidrivers", Singular = "csidriver", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class CSIDriver : IObject<CSIDriver>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>What the driver can do and needs.</summary>
    [Field("spec", 2, Required = true)]
    public CSIDriverSpec Spec { get; set; } = new();
}
