using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

/// <summary>Label selector that the request in question is limited by.</summary>
[ApiType("io.k8s.api.authorization.v1.LabelSelectorAttributes")]
public sealed partial class LabelSelectorAttributes : IApiType<LabelSelectorAttributes>
{
    /// <summary>Selector text such as app=web; left to the API server to parse, and exclusive of requirements.</summary>
    [Field("rawSelector", 1)]
    public string? RawSelector { get; set; }

    /// <summary>Parsed selector whose parts must all hold; an authorizer may ignore it, since it can only narrow.</summary>
    [Field("requirements", 2, ListType = "atomic")]
    public List<LabelSelectorRequirement>? Requirements { get; set; }
}
