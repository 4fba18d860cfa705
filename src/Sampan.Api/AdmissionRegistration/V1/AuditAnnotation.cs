namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.AuditAnnotation")]
public sealed partial class AuditAnnotation : IApiType<AuditAnnotation>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("valueExpression", 2, Required = true)]
    public string ValueExpression { get; set; } = "";
}
