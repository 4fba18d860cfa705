namespace Sampan.Api.AdmissionRegistration.V1Beta1;

[ApiType("io.k8s.api.admissionregistration.v1beta1.MutatingAdmissionPolicySpec")]
public sealed partial class MutatingAdmissionPolicySpec : IApiType<MutatingAdmissionPolicySpec>
{
    [Field("paramKind", 1)]
    public ParamKind? ParamKind { get; set; }

    [Field("matchConstraints", 2)]
    public MatchResources? MatchConstraints { get; set; }

    [Field("variables", 3, ListType = "atomic")]
    public List<Variable>? Variables { get; set; }

    [Field("mutations", 4, ListType = "atomic")]
    public List<Mutation>? Mutations { get; set; }

    [Field("failurePolicy", 5, Pointer = true)]
    public string? FailurePolicy { get; set; }

    [Field("matchConditions", 6, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }

    [Field("reinvocationPolicy", 7)]
    public string? ReinvocationPolicy { get; set; }
}
