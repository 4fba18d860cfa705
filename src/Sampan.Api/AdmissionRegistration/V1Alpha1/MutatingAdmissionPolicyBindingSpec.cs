namespace Sampan.Api.AdmissionRegistration.V1Alpha1;

[ApiType("io.k8s.api.admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec")]
public sealed partial class MutatingAdmissionPolicyBindingSpec : IApiType<MutatingAdmissionPolicyBindingSpec>
{
    [Field("policyName", 1)]
    public string? PolicyName { get; set; }

    [Field("paramRef", 2)]
    public ParamRef? ParamRef { get; set; }

    [Field("matchResources", 3)]
    public MatchResources? MatchResources { get; set; }
}
