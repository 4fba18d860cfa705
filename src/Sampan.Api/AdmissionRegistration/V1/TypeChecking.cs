namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Outcome of the type check of a policy's expressions.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.TypeChecking")]
public sealed partial class TypeChecking : IApiType<TypeChecking>
{
    /// <summary>Type errors found; empty when every expression fits the matched kinds.</summary>
    [Field("expressionWarnings", 1, ListType = "atomic")]
    public List<ExpressionWarning>? ExpressionWarnings { get; set; }
}
