namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector", MapType = "atomic")]
public sealed partial class LabelSelector : IApiType<LabelSelector>
{
    [Field("matchLabels", 1)]
    public Dictionary<string, string>? MatchLabels { get; set; }

    [Field("matchExpressions", 2, ListType = "atomic")]
    public List<LabelSelectorRequirement>? MatchExpressions { get; set; }
}
