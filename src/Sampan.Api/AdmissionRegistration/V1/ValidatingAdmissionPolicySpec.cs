namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Checks written in CEL that requests have to pass.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicySpec")]
public sealed partial class ValidatingAdmissionPolicySpec : IApiType<ValidatingAdmissionPolicySpec>
{
    /// <summary>Kind whose objects supply params to the expressions; without it params is not available.</summary>
    [Field("paramKind", 1)]
    public ParamKind? ParamKind { get; set; }

    /// <summary>Requests the policy applies to; required, and never covers admission policies or their bindings.</summary>
    [Field("matchConstraints", 2)]
    public MatchResources? MatchConstraints { get; set; }

    /// <summary>The checks, all of which must hold; may be empty only if there are audit annotations.</summary>
    [Field("validations", 3, ListType = "atomic")]
    public List<Validation>? Validations { get; set; }

    /// <summary>How errors in the policy itself are treated: Fail rejects the request (default), Ignore skips the check.</summary>
    [Field("failurePolicy", 4, Pointer = true)]
    public string? FailurePolicy { get; set; }

    /// <summary>Values computed per request for the audit log; needed if there are no validations.</summary>
    [Field("auditAnnotations", 5, ListType = "atomic")]
    public List<AuditAnnotation>? AuditAnnotations { get; set; }

    /// <summary>CEL tests, at most 64, that decide whether the checks run; a single false skips the policy.</summary>
    [Field("matchConditions", 6, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }

    /// <summary>Expressions computed at most once and shared as variables.NAME; one may use those listed before it.</summary>
    [Field("variables", 7, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<Variable>? Variables { get; set; }
}
