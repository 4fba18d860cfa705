namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.LimitRangeSpec")]
public sealed partial class LimitRangeSpec : IApiType<LimitRangeSpec>
{
    [Field("limits", 1, Required = true, ListType = "atomic")]
    public List<LimitRangeItem> Limits { get; set; } = [];
}
