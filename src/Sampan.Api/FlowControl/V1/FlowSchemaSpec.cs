namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaSpec")]
public sealed partial class FlowSchemaSpec : IApiType<FlowSchemaSpec>
{
    [Field("priorityLevelConfiguration", 1, Required = true)]
    public PriorityLevelConfigurationReference PriorityLevelConfiguration { get; set; } = new();

    [Field("matchingPrecedence", 2, Always = true, Default = "0")]
    public int MatchingPrecedence { get; set; }

    [Field("distinguisherMethod", 3)]
    public FlowDistinguisherMethod? DistinguisherMethod { get; set; }

    [Field("rules", 4, ListType = "atomic")]
    public List<PolicyRulesWithSubjects>? Rules { get; set; }
}
