using Sampan.Api.Meta.V1;

namespace Sampan.Api.FlowControl.V1;

/// <summary>A share of the server's capacity and how requests wait for it.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.PriorityLevelConfiguration")]
[Kind("flowcontrol.apiserver.k8s.io", "v1", Plural = "prioritylevelconfigurations", Singular = "prioritylevelconfiguration", Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
[Subresource("status", Verbs = ["get", "patch", "update"])]
public sealed partial class PriorityLevelConfiguration : IObject<PriorityLevelConfiguration>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>How many requests the level serves at once, and how the others wait.</summary>
    [Field("spec", 2)]
    public PriorityLevelConfigurationSpec Spec { get; set; } = new();

    /// <summary>What was found out about the level.</summary>
    [Field("status", 3)]
    public PriorityLevelConfigurationStatus Status { get; set; } = new();
}
