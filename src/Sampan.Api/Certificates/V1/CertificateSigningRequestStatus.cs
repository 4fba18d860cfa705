namespace Sampan.Api.Certificates.V1;

/// <summary>What was decided on a request for a certificate, and its result.</summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestStatus")]
public sealed partial class CertificateSigningRequestStatus : IApiType<CertificateSigningRequestStatus>
{
    /// <summary>Decisions and outcomes; a certificate is only issued after Approved.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"])]
    public List<CertificateSigningRequestCondition>? Conditions { get; set; }

    /// <summary>
    /// Issued certificate in PEM, intermediates after it, base64-encoded once more in JSON; stays empty if denied or failed.
    /// </summary>
    [Field("certificate", 2)]
    public byte[]? Certificate { get; set; }
}
