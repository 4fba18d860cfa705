namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NamespaceStatus")]
public sealed partial class NamespaceStatus : IApiType<NamespaceStatus>
{
    [Field("phase", 1)]
    public string? Phase { get; set; }

    [Field("conditions", 2, ListType = "map", ListKeys = ["type"], PatchStrategy = "merge", MergeKey = "type")]
    public List<NamespaceCondition>? Conditions { get; set; }
}
