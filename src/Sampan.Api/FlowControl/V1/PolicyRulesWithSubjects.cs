namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects")]
public sealed partial class PolicyRulesWithSubjects : IApiType<PolicyRulesWithSubjects>
{
    [Field("subjects", 1, Required = true, ListType = "atomic")]
    public List<Subject> Subjects { get; set; } = [];

    [Field("resourceRules", 2, ListType = "atomic")]
    public List<ResourcePolicyRule>? ResourceRules { get; set; }

    [Field("nonResourceRules", 3, ListType = "atomic")]
    public List<NonResourcePolicyRule>? NonResourceRules { get; set; }
}
