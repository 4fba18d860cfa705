namespace Sampan.Api.Networking.V1;

/// <summary>A port of a Service, by name or by number, not both.</summary>
[ApiType("io.k8s.api.networking.v1.ServiceBackendPort", MapType = "atomic")]
public sealed partial class ServiceBackendPort : IApiType<ServiceBackendPort>
{
    /// <summary>The port's name.</summary>
    [Field("name", 1)]
    public string? Name { get; set; }

    /// <summary>The port's number.</summary>
    [Field("number", 2)]
    public int Number { get; set; }
}
