using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

/// <summary>Field selector that the request in question is limited by.</summary>
[ApiType("io.k8s.api.authorization.v1.FieldSelectorAttributes")]
public sealed partial class FieldSelectorAttributes : IApiType<FieldSelectorAttributes>
{
    /// <summary>Selector as written in a query; parsed by the API server only, and not together with requirements.</summary>
    [Field("rawSelector", 1)]
    public string? RawSelector { get; set; }

    /// <summary>Selector in parsed form; all parts must hold. Ignoring them is safe, as they only narrow the request.</summary>
    [Field("requirements", 2, ListType = "atomic")]
    public List<FieldSelectorRequirement>? Requirements { get; set; }
}
