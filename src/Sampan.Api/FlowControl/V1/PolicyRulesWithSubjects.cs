namespace Sampan.Api.FlowControl.V1;

/// <summary>Requests by who makes them and by what they ask for; both have to match.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects")]
public sealed partial class PolicyRulesWithSubjects : IApiType<PolicyRulesWithSubjects>
{
    /// <summary>Who: any one of these users, groups and service accounts. At least one.</summary>
    [Field("subjects", 1, Required = true, ListType = "atomic")]
    public List<Subject> Subjects { get; set; } = [];

    /// <summary>Which requests for resources: any one of these.</summary>
    [Field("resourceRules", 2, ListType = "atomic")]
    public List<ResourcePolicyRule>? ResourceRules { get; set; }

    /// <summary>Which requests for other paths: any one of these.</summary>
    [Field("nonResourceRules", 3, ListType = "atomic")]
    public List<NonResourcePolicyRule>? NonResourceRules { get; set; }
}
