namespace Sampan.Api.FlowControl.V1;

/// <summary>What is known of a schema.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaStatus")]
public sealed partial class FlowSchemaStatus : IApiType<FlowSchemaStatus>
{
    /// <summary>The findings about the schema, one per type.</summary>
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<FlowSchemaCondition>? Conditions { get; set; }
}
