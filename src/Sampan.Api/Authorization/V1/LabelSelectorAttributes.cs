using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.LabelSelectorAttributes")]
public sealed partial class LabelSelectorAttributes : IApiType<LabelSelectorAttributes>
{
    [Field("rawSelector", 1)]
    public string? RawSelector { get; set; }

    [Field("requirements", 2, ListType = "atomic")]
    public List<LabelSelectorRequirement>? Requirements { get; set; }
}
