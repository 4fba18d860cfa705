namespace Sampan.Api.AdmissionRegistration.V1Beta1;

[ApiType("io.k8s.api.admissionregistration.v1beta1.MatchCondition")]
public sealed partial class MatchCondition : IApiType<MatchCondition>
{
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    [Field("expression", 2, Required = true)]
    public string Expression { get; set; } = "";
}
