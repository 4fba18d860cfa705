namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.FlowSchemaStatus")]
public sealed partial class FlowSchemaStatus : IApiType<FlowSchemaStatus>
{
    [Field("conditions", 1, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<FlowSchemaCondition>? Conditions { get; set; }
}
