namespace Sampan.Api.Meta.V1;

/// <summary>A condition on one field of an object.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.FieldSelectorRequirement")]
public sealed partial class FieldSelectorRequirement : IApiType<FieldSelectorRequirement>
{
    /// <summary>The field's path.</summary>
    [Field("key", 1, Required = true)]
    public string Key { get; set; } = "";

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    [Field("operator", 2, Required = true)]
    public string Operator { get; set; } = "";

    /// <summary>The values for In and NotIn; empty for the others.</summary>
    [Field("values", 3, ListType = "atomic")]
    public List<string>? Values { get; set; }
}
