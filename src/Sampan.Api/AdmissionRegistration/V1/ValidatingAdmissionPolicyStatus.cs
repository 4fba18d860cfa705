using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

/// <summary>What the server found out about a policy after it was written.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus")]
public sealed partial class ValidatingAdmissionPolicyStatus : IApiType<ValidatingAdmissionPolicyStatus>
{
    /// <summary>Generation of the policy that the status was worked out for.</summary>
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    /// <summary>Result of the type check; absent until it has run.</summary>
    [Field("typeChecking", 2)]
    public TypeChecking? TypeChecking { get; set; }

    /// <summary>State of the policy in the standard form, one entry per type.</summary>
    [Field("conditions", 3, ListType = "map", ListKeys = ["type"])]
    public List<Condition>? Conditions { get; set; }
}
