namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Enforces a ValidatingAdmissionPolicy on some requests and says what a violation leads to.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec")]
public sealed partial class ValidatingAdmissionPolicyBindingSpec : IApiType<ValidatingAdmissionPolicyBindingSpec>
{
    /// <summary>The ValidatingAdmissionPolicy to enforce; nothing is checked while it does not exist.</summary>
    [Field("policyName", 1, Required = true, OmitEmpty = true)]
    public string PolicyName { get; set; } = "";

    /// <summary>Where to find the objects with the policy's parameters; of no effect if the policy declares no parameter kind.</summary>
    [Field("paramRef", 2)]
    public ParamRef? ParamRef { get; set; }

    /// <summary>Narrows the policy's own match down for this binding; absent leaves it as it is.</summary>
    [Field("matchResources", 3)]
    public MatchResources? MatchResources { get; set; }

    /// <summary>What a violation leads to: Deny, Warn or Audit, at least one; Deny and Warn exclude each other.</summary>
    [Field("validationActions", 4, Required = true, ListType = "set")]
    public List<string> ValidationActions { get; set; } = [];
}
