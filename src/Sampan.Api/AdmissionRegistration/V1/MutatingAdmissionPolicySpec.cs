namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Changes that are made in CEL to objects on their way into the store.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicySpec")]
public sealed partial class MutatingAdmissionPolicySpec : IApiType<MutatingAdmissionPolicySpec>
{
    /// <summary>Kind of the objects that parameterize the policy; absent means it takes no parameters.</summary>
    [Field("paramKind", 1)]
    public ParamKind? ParamKind { get; set; }

    /// <summary>
    /// Requests the policy is for: CREATE, UPDATE and CONNECT, never DELETE, and never on admission policies or their bindings.
    /// </summary>
    [Field("matchConstraints", 2)]
    public MatchResources? MatchConstraints { get; set; }

    /// <summary>
    /// Named expressions that later ones use as variables.NAME; each sees those before it. Match conditions cannot use them.
    /// </summary>
    [Field("variables", 3, ListType = "atomic")]
    public List<Variable>? Variables { get; set; }

    /// <summary>The changes, made in this order; at least one is needed.</summary>
    [Field("mutations", 4, ListType = "atomic")]
    public List<Mutation>? Mutations { get; set; }

    /// <summary>What an error in evaluating the policy does: Fail rejects the request (default), Ignore lets it pass unchanged.</summary>
    [Field("failurePolicy", 5, Pointer = true)]
    public string? FailurePolicy { get; set; }

    /// <summary>Up to 64 CEL tests; the policy is skipped when one of them gives false.</summary>
    [Field("matchConditions", 6, ListType = "map", ListKeys = ["name"], PatchStrategy = "merge", MergeKey = "name")]
    public List<MatchCondition>? MatchConditions { get; set; }

    /// <summary>Never: once per binding and request; IfNeeded: again when later admission steps changed the object.</summary>
    [Field("reinvocationPolicy", 7)]
    public string? ReinvocationPolicy { get; set; }
}
