namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.TypeChecking")]
public sealed partial class TypeChecking : IApiType<TypeChecking>
{
    [Field("expressionWarnings", 1, ListType = "atomic")]
    public List<ExpressionWarning>? ExpressionWarnings { get; set; }
}
