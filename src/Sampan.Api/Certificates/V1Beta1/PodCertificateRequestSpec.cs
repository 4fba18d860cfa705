namespace Sampan.Api.Certificates.V1Beta1;

[ApiType("io.k8s.api.certificates.v1beta1.PodCertificateRequestSpec")]
public sealed partial class PodCertificateRequestSpec : IApiType<PodCertificateRequestSpec>
{
    [Field("signerName", 1, Required = true)]
    public string SignerName { get; set; } = "";

    [Field("podName", 2, Required = true)]
    public string PodName { get; set; } = "";

    [Field("podUID", 3, Required = true)]
    public string PodUID { get; set; } = "";

    [Field("serviceAccountName", 4, Required = true)]
    public string ServiceAccountName { get; set; } = "";

    [Field("serviceAccountUID", 5, Required = true)]
    public string ServiceAccountUID { get; set; } = "";

    [Field("nodeName", 6, Required = true)]
    public string NodeName { get; set; } = "";

    [Field("nodeUID", 7, Required = true)]
    public string NodeUID { get; set; } = "";

    [Field("maxExpirationSeconds", 8, Default = "86400")]
    public int? MaxExpirationSeconds { get; set; }

    [Field("pkixPublicKey", 9)]
    public byte[]? PkixPublicKey { get; set; }

    [Field("proofOfPossession", 10)]
    public byte[]? ProofOfPossession { get; set; }

    [Field("stubPKCS10Request", 12, Required = true)]
    public byte[] StubPKCS10Request { get; set; } = [];

    [Field("unverifiedUserAnnotations", 11)]
    public Dictionary<string, string>? UnverifiedUserAnnotations { get; set; }
}
