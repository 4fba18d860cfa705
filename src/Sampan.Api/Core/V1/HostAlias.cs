namespace Sampan.Api.Core.V1;

/// <summary>A line added to the hosts file of a pod.</summary>
[ApiType("io.k8s.api.core.v1.HostAlias")]
public sealed partial class HostAlias : IApiType<HostAlias>
{
    /// <summary>Address that the host names lead to.</summary>
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";

    /// <summary>Host names to resolve to the address.</summary>
    [Field("hostnames", 2, ListType = "atomic")]
    public List<string>? Hostnames { get; set; }
}
