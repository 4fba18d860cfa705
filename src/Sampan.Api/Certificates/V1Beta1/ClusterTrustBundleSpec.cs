namespace Sampan.Api.Certificates.V1Beta1;

/// <summary>A set of CA certificates that pods can mount.</summary>
[ApiType("io.k8s.api.certificates.v1beta1.ClusterTrustBundleSpec")]
public sealed partial class ClusterTrustBundleSpec : IApiType<ClusterTrustBundleSpec>
{
    /// <summary>
    /// Signer these are the roots of; the object's name must then start with it, a colon in place of the slash. May be empty.
    /// </summary>
    [Field("signerName", 1)]
    public string? SignerName { get; set; }

    /// <summary>CA certificates as PEM blocks without headers or duplicates; readers may reorder them.</summary>
    [Field("trustBundle", 2, Required = true)]
    public string TrustBundle { get; set; } = "";
}
