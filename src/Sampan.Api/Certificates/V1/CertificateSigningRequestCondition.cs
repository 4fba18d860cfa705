namespace Sampan.Api.Certificates.V1;

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestCondition")]
public sealed partial class CertificateSigningRequestCondition : IApiType<CertificateSigningRequestCondition>
{
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    [Field("status", 6, Required = true)]
    public string Status { get; set; } = "";

    [Field("reason", 2)]
    public string? Reason { get; set; }

    [Field("message", 3)]
    public string? Message { get; set; }

    [Field("lastUpdateTime", 4)]
    public Time? LastUpdateTime { get; set; }

    [Field("lastTransitionTime", 5)]
    public Time? LastTransitionTime { get; set; }
}
