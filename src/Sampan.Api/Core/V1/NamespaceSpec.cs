namespace Sampan.Api.Core.V1;

/// <summary>What holds a namespace back from deletion.</summary>
[ApiType("io.k8s.api.core.v1.NamespaceSpec")]
public sealed partial class NamespaceSpec : IApiType<NamespaceSpec>
{
    /// <summary>Holders that keep a deleted namespace until its content is gone; normally just kubernetes.</summary>
    [Field("finalizers", 1, ListType = "atomic")]
    public List<string>? Finalizers { get; set; }
}
