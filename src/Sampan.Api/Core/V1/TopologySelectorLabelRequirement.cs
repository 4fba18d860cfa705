namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.TopologySelectorLabelRequirement")]
public sealed partial class TopologySelectorLabelRequirement : IApiType<TopologySelectorLabelRequirement>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("values", 2, Required = true, ListType = "atomic")]
    public List<string> Values { get; set; } = [];
}
