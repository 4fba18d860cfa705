namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>Puts a MutatingAdmissionPolicy into force for some requests, with parameters if it takes any.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.MutatingAdmissionPolicyBindingSpec")]
public sealed partial class MutatingAdmissionPolicyBindingSpec : IApiType<MutatingAdmissionPolicyBindingSpec>
{
    /// <summary>The MutatingAdmissionPolicy to bind; the binding has no effect while it does not exist.</summary>
    [Field("policyName", 1)]
    public string? PolicyName { get; set; }

    /// <summary>Where the policy's parameters are found; ignored for a policy that takes none.</summary>
    [Field("paramRef", 2)]
    public ParamRef? ParamRef { get; set; }

    /// <summary>Limits the binding to part of what the policy matches; absent means no limit. DELETE cannot be matched.</summary>
    [Field("matchResources", 3)]
    public MatchResources? MatchResources { get; set; }
}
