using Sampan.Api.Meta.V1;

namespace Sampan.Api.Authorization.V1;

[ApiType("io.k8s.api.authorization.v1.FieldSelectorAttributes")]
public sealed partial class FieldSelectorAttributes : IApiType<FieldSelectorAttributes>
{
    [Field("rawSelector", 1)]
    public string? RawSelector { get; set; }

    [Field("requirements", 2, ListType = "atomic")]
    public List<FieldSelectorRequirement>? Requirements { get; set; }
}
