namespace Sampan.Api.Meta.V1;

/// <summary>Where clients of a network find the server.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ServerAddressByClientCIDR")]
public sealed partial class ServerAddressByClientCIDR : IApiType<ServerAddressByClientCIDR>
{
    /// <summary>The clients' network in CIDR notation.</summary>
    [Field("clientCIDR", 1, Required = true)]
    public string ClientCIDR { get; set; } = "";

    /// <summary>The server's host name or address, with its port when it is not the default.</summary>
    [Field("serverAddress", 2, Required = true)]
    public string ServerAddress { get; set; } = "";
}
