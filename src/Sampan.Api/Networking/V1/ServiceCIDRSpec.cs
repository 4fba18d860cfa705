namespace Sampan.Api.Networking.V1;

/// <summary>Ranges of cluster addresses.</summary>
[ApiType("io.k8s.api.networking.v1.ServiceCIDRSpec")]
public sealed partial class ServiceCIDRSpec : IApiType<ServiceCIDRSpec>
{
    /// <summary>One range, or two of different IP families; immutable.</summary>
    [Field("cidrs", 1, ListType = "atomic")]
    public List<string>? Cidrs { get; set; }
}
