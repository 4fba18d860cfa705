namespace Sampan.Api.Core.V1;

/// <summary>One of the addresses that a pod has.</summary>
[ApiType("io.k8s.api.core.v1.PodIP")]
public sealed partial class PodIP : IApiType<PodIP>
{
    /// <summary>IPv4 or IPv6 address of the pod.</summary>
    [Field("ip", 1, Required = true)]
    public string Ip { get; set; } = "";
}
