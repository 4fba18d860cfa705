namespace Sampan.Api.Core.V1;

/// <summary>Whether a namespace is in use or going away.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceStatus")]
public sealed partial class NamespaceStatus : IApiType<NamespaceStatus>
{
    /// <summary>Active, or Terminating once its deletion was asked for; nothing new can be created in it then.</summary>
    [Field("phase", 1)]
    public string? Phase { get; set; }

    /// <summary>Observations about the namespace, filled while it is being deleted.</summary>
    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NamespaceCondition>? Conditions { get; set; }
}
