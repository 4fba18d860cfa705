using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>Old-style health of a control plane component.</summary>
[ApiType("io.k8s.api.core.v1.ComponentStatus")]
[Kind("", "v1", Plural = "componentstatuses", Singular = "componentstatus", ShortNames = ["cs"], Verbs = ["get", "list"])]
public sealed partial class ComponentStatus : IObject<ComponentStatus>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Results of the health checks of the component.</summary>
    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<ComponentCondition>? Conditions { get; set; }
}
