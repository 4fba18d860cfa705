namespace Sampan.Api.Core.V1;

/// <summary>Parameters of a proxied request to a Service.</summary>
[ApiType("io.k8s.api.core.v1.ServiceProxyOptions")]
[Kind("", "v1")]
public sealed partial class ServiceProxyOptions : ITyped<ServiceProxyOptions>
{
    /// <summary>Path at the Service to send the request to.</summary>
    [Field("path", 1)]
    public string? Path { get; set; }
}
