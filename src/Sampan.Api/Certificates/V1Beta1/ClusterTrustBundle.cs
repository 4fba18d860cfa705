using Sampan.Api.Meta.V1;

namespace Sampan.Api.Certificates.V1Beta1;

/// <summary>Root certificates for the whole cluster to trust.</summary>
[ApiType("io.k8s.api.certificates.v1beta1.ClusterTrustBundle")]
[Kind("certificates.k8s.io", "v1beta1", Plural = "clustertrustbundles", Singular = "clustertrustbundle", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class ClusterTrustBundle : IObject<ClusterTrustBundle>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>CA certificates to trust, and the signer they belong to.</summary>
    [Field("spec", 2, Required = true)]
    public ClusterTrustBundleSpec Spec { get; set; } = new();
}
