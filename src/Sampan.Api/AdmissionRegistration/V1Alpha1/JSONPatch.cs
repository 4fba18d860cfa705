namespace Sampan.Api.AdmissionRegistration.V1Alpha1;

[ApiType("io.k8s.api.admissionregistration.v1alpha1.JSONPatch")]
public sealed partial class JSONPatch : IApiType<JSONPatch>
{
    [Field("expression", 1)]
    public string? Expression { get; set; }
}
