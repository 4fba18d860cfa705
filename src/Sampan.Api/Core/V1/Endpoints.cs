using Sampan.Api.Meta.V1;

namespace Sampan.Api.Core.V1;

/// <summary>The addresses behind a Service, in the form that EndpointSlice replaced.</summary>
[ApiType("io.k8s.api.core.v1.Endpoints")]
[Kind("", "v1", Plural = "endpoints", Singular = "endpoints", Namespaced = true, ShortNames = ["ep"], Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])]
public sealed partial class Endpoints : IObject<Endpoints>
{
    [Field("metadata", 1)]
    public ObjectMeta Metadata { get; set; } = new();

    /// <summary>Addresses and ports behind the Service, grouped by the ports they have in common.</summary>
    [Field("subsets", 2, ListType = "atomic")]
    public List<EndpointSubset>? Subsets { get; set; }
}
