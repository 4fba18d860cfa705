using Sampan.Api.Meta.V1;

namespace Sampan.Api.Certificates.V1Beta1;

/// <summary>Certificate issued to a pod, or why there is none.</summary>
[ApiType("io.k8s.api.certificates.v1beta1.PodCertificateRequestStatus")]
public sealed partial class PodCertificateRequestStatus : IApiType<PodCertificateRequestStatus>
{
    /// <summary>At most one of Issued, Denied and Failed, with status True.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<Condition>? Conditions { get; set; }

    /// <summary>Pod's certificate in PEM with intermediates after it; set once, empty if denied or failed.</summary>
    [Field("certificateChain", 2)]
    public string? CertificateChain { get; set; }

    /// <summary>Start of the certificate's validity; must agree with what the certificate says.</summary>
    [Field("notBefore", 4, Pointer = true)]
    public Time? NotBefore { get; set; }

    /// <summary>From when on the kubelet should ask for a new certificate; a hint, set together with the chain.</summary>
    [Field("beginRefreshAt", 5, Pointer = true)]
    public Time? BeginRefreshAt { get; set; }

    /// <summary>End of the certificate's validity; must agree with what the certificate says.</summary>
    [Field("notAfter", 6, Pointer = true)]
    public Time? NotAfter { get; set; }
}
