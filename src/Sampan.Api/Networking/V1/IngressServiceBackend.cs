namespace Sampan.Api.Networking.V1;

/// <summary>A Service and one of its ports.</summary>
[ApiType("io.k8s.api.networking.v1.IngressServiceBackend")]
public sealed partial class IngressServiceBackend : IApiType<IngressServiceBackend>
{
    /// <summary>The Service's name, in the namespace of the Ingress.</summary>
    [Field("name", 1, Required = true)]
    public string Name { get; set; } = "";

    /// <summary>The Service's port, by name or by number.</summary>
    [Field("port", 2)]
    public ServiceBackendPort Port { get; set; } = new();
}
