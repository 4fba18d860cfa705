namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.NamespaceSpec")]
public sealed partial class NamespaceSpec : IApiType<NamespaceSpec>
{
    [Field("finalizers", 1, ListType = "atomic")]
    public List<string>? Finalizers { get; set; }
}
