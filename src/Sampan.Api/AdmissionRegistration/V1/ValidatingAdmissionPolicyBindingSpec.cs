namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec")]
public sealed partial class ValidatingAdmissionPolicyBindingSpec : IApiType<ValidatingAdmissionPolicyBindingSpec>
{
    [Field("policyName", 1, Required = true, OmitEmpty = true)]
    public string PolicyName { get; set; } = "";

    [Field("paramRef", 2)]
    public ParamRef? ParamRef { get; set; }

    [Field("matchResources", 3)]
    public MatchResources? MatchResources { get; set; }

    [Field("validationActions", 4, Required = true, ListType = "set")]
    public List<string> ValidationActions { get; set; } = [];
}
