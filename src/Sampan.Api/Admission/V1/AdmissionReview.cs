namespace Sampan.Api.Admission.V1;

/// <summary>Envelope of a call to an admission webhook: sent with a request, returned with a response.</summary>
[ApiType("io.k8s.api.admission.v1.AdmissionReview")]
[Kind("admission.k8s.io", "v1")]
public sealed partial class AdmissionReview : ITyped<AdmissionReview>
{
    /// <summary>What the server asks; present in the call to the webhook.</summary>
    [Field("request", 1)]
    public AdmissionRequest? Request { get; set; }

    /// <summary>What the webhook answers; present in its reply.</summary>
    [Field("response", 2)]
    public AdmissionResponse? Response { get; set; }
}
