namespace Sampan.Api.Certificates.V1Beta1;

[ApiType("io.k8s.api.certificates.v1beta1.ClusterTrustBundleSpec")]
public sealed partial class ClusterTrustBundleSpec : IApiType<ClusterTrustBundleSpec>
{
    [Field("signerName", 1)]
    public string? SignerName { get; set; }

    [Field("trustBundle", 2, Required = true)]
    public string TrustBundle { get; set; } = "";
}
