using Sampan.Api.Meta.V1;

namespace Sampan.Api.AdmissionRegistration.V1;

[ApiType("io.k8s.api.admissionregistration.v1.ValidatingAdmissionPolicyStatus")]
public sealed partial class ValidatingAdmissionPolicyStatus : IApiType<ValidatingAdmissionPolicyStatus>
{
    [Field("observedGeneration", 1)]
    public long ObservedGeneration { get; set; }

    [Field("typeChecking", 2)]
    public TypeChecking? TypeChecking { get; set; }

    [Field("conditions", 3, ListType = "map", ListKeys = ["type"])]
    public List<Condition>? Conditions { get; set; }
}
