namespace Sampan.Api.Meta.V1;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement")]
public sealed partial class LabelSelectorRequirement : IApiType<LabelSelectorRequirement>
{
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
