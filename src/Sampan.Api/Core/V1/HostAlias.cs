namespace Sampan.Api.Core.V1;

[ApiType("io.k8s.api.core.v1.HostAlias")]
public sealed partial class HostAlias : IApiType<HostAlias>
{
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";

    [Field("hostnames", 2, ListType = "atomic")]
    public List<string>? Hostnames { get; set; }
}
