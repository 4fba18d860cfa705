namespace Sampan.Api.FlowControl.V1;

/// <summary>The requests of a schema, how they are split into flows, and who serves them.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaSpec")]
public sealed partial class FlowSchemaSpec : IApiType<FlowSchemaSpec>
{
    /// <summary>The priority level that serves the requests; while it does not exist the schema is passed over.</summary>
    [Field("priorityLevelConfiguration", 1, Required = true)]
    public PriorityLevelConfigurationReference PriorityLevelConfiguration { get; set; } = new();

    /// <summary>Order in which schemas are tried, lowest first, 1 to 10000; 1000 when absent. Equal ones go by name.</summary>
    [Field("matchingPrecedence", 2, Always = true, Default = "0")]
    public int MatchingPrecedence { get; set; }

    /// <summary>How requests are told apart into flows that get a fair share each; all are one flow when absent.</summary>
    [Field("distinguisherMethod", 3)]
    public FlowDistinguisherMethod? DistinguisherMethod { get; set; }

    /// <summary>A request belongs here when at least one of these matches; none match when empty.</summary>
    [Field("rules", 4, ListType = "atomic")]
    public List<PolicyRulesWithSubjects>? Rules { get; set; }
}
