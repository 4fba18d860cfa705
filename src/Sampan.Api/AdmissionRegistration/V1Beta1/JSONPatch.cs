namespace Sampan.Api.AdmissionRegistration.V1Beta1;

[ApiType("io.k8s.api.admissionregistration.v1beta1.JSONPatch")]
public sealed partial class JSONPatch : IApiType<JSONPatch>
{
    [Field("expression", 1)]
    public string? Expression { get; set; }
}
