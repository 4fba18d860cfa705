namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ExpressionWarning")]
public sealed partial class ExpressionWarning : IApiType<ExpressionWarning>
{
    [Field("fieldRef", 2, Required = true)]
    public string FieldRef { get; set; } = "";

    [Field("warning", 3, Required = true)]
    public string Warning { get; set; } = "";
}
