namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec")]
public sealed partial class ValidatingAdmissionPolicySpec : IApiType<ValidatingAdmissionPolicySpec>
{
    [Field("paramKind", 1)]
    public ParamKind? ParamKind { get; set; }

    [Field("matchConstraints", 2)]
    public MatchResources? MatchConstraints { get; set; }

    [Field("validations", 3, ListType = "atomic")]
    public List<Validation>? Validations { get; set; }

    [Field("failurePolicy", 4, Pointer = true)]
    public string? FailurePolicy { get; set; }

    [Field("auditAnnotations", 5, ListType = "atomic")]
    public List<AuditAnnotation>? AuditAnnotations { get; set; }

    [Field("matchConditions", 6, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }

    [Field("variables", 7, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<Variable>? Variables { get; set; }
}
