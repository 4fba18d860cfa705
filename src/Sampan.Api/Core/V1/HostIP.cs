namespace Sampan.Api.Core.V1;

/// <summary>One address of the node that a pod runs on.</summary>
[ApiType("io.k8s.api.core.v1.HostIP")]
public sealed partial class HostIP : IApiType<HostIP>
{
    /// <summary>IPv4 or IPv6 address of the node.</summary>
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";
}
