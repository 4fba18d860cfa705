namespace Sampan.Api.Meta.V1;

/// <summary>A condition on one label.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement")]
public sealed partial class LabelSelectorRequirement : IApiType<LabelSelectorRequirement>
{
    /// <summary>The label's key.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>In, NotIn, Exists or DoesNotExist; NotIn also holds where the label is absent.</summary>
    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    /// <summary>The values for In and NotIn, at least one; empty for the others.</summary>
    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
