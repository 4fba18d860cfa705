namespace Sampan.Api.Certificates.V1;

/// <summary>A decision or outcome on a request for a certificate.</summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestCondition")]
public sealed partial class CertificateSigningRequestCondition : IApiType<CertificateSigningRequestCondition>
{
    /// <summary>Approved, Denied or Failed; Approved and Denied exclude each other, and none can be taken back.</summary>
    [Field("type", 1, Required = true)]
    public string Type { get; set; } = "";

    /// <summary>Must be True for the three known types; others may be False or Unknown.</summary>
    [Field("status", 6, Required = true)]
    public string Status { get; set; } = "";

    /// <summary>Grounds in a word, such as AutoApproved.</summary>
    [Field("reason", 2)]
    public string? Reason { get; set; }

    /// <summary>Grounds in a sentence, for people.</summary>
    [Field("message", 3)]
    public string? Message { get; set; }

    /// <summary>When the entry was last written.</summary>
    [Field("lastUpdateTime", 4)]
    public Time? LastUpdateTime { get; set; }

    /// <summary>When the status was set; the server fills in the present time.</summary>
    [Field("lastTransitionTime", 5)]
    public Time? LastTransitionTime { get; set; }
}
