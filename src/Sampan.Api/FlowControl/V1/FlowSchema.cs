using Sampan.Api.Meta.V1;

namespace Sampan.Api.FlowControl.V1;

/// <summary>Sorts requests into flows and names their priority level.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.FlowSchema")]
[Kind("flowcontrol.apiserver.k8s.io", "v1", Plural = "flowschemas", Singular = "flowschema", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class FlowSchema : IObject<FlowSchema>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Which requests belong here and which priority level serves them.</summary>
    [Field("spec", 2)]
    public FlowSchemaSpec Spec { get; set; } = new();

    /// <summary>What was found out about the schema.</summary>
    [Field("status", 3)]
    public FlowSchemaStatus Status { get; set; } = new();
}
