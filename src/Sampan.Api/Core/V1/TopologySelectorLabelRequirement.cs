namespace Sampan.Api.Core.V1;

/// <summary>A node label and the values it may have.</summary>
[ApiType("io.k8s.api.core.v1.TopologySelectorLabelRequirement")]
public sealed partial class TopologySelectorLabelRequirement : IApiType<TopologySelectorLabelRequirement>
{
    /// <summary>Node label to look at, such as topology.kubernetes.io/zone.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>Values of the label that are allowed; one of them must match.</summary>
    [Field("values", 2, Required = true, ListType = "atomic")]
    public List<string> Values { get; set; } = [];
}
