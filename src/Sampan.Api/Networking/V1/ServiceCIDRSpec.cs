namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.ServiceCIDRSpec")]
public sealed partial class ServiceCIDRSpec : IApiType<ServiceCIDRSpec>
{
    [Field("cidrs", 1, ListType = "atomic")]
    public List<string>? Cidrs { get; set; }
}
