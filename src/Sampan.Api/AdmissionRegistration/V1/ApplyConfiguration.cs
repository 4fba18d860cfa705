namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ApplyConfiguration")]
public sealed partial class ApplyConfiguration : IApiType<ApplyConfiguration>
{
    [Field("expression", 1)]
    public string? Expression { get; set; }
}
