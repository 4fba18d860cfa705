using Sampan.Api.Meta.V1;

namespace Sampan.Api.Certificates.V1Beta1;

[ApiType("io.k8s.api.certificates.v1beta1.PodCertificateRequestStatus")]
public sealed partial class PodCertificateRequestStatus : IApiType<PodCertificateRequestStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }

    [Field("certificateChain", 2)]
    public string? CertificateChain { get; set; }

    [Field("notBefore", 4, Pointer = true)]
    public Time? NotBefore { get; set; }

    [Field("beginRefreshAt", 5, Pointer = true)]
    public Time? BeginRefreshAt { get; set; }

    [Field("notAfter", 6, Pointer = true)]
    public Time? NotAfter { get; set; }
}
