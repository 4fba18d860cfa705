namespace Sampan.Api.AdmissionRegistration.V1Alpha1;

[ApiType("io.k8s.api.admissionregistration.v1alpha1.ApplyConfiguration")]
public sealed partial class ApplyConfiguration : IApiType<ApplyConfiguration>
{
    [Field("expression", 1)]
    public string? Expression { get; set; }
}
