namespace Sampan.Api.Admission.V1;

[ApiType("io.k8s.api.admission.v1.AdmissionReview")]
[Kind("admission.k8s.io", "v1")]
public sealed partial class AdmissionReview : ITyped<AdmissionReview>
{
    [Field("request", 1)]
    public AdmissionRequest? Request { get; set; }

    [Field("response", 2)]
    public AdmissionResponse? Response { get; set; }
}
