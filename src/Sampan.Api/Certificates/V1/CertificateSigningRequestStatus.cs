namespace Sampan.Api.Certificates.V1;

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestStatus")]
public sealed partial class CertificateSigningRequestStatus : IApiType<CertificateSigningRequestStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"])]
    public List<CertificateSigningRequestCondition>? Conditions { get; set; }

    [Field("certificate", 2)]
    public byte[]? Certificate { get; set; }
}
