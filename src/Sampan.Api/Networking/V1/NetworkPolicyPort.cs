namespace Sampan.Api.Networking.V1;

/// <summary>A port or a range of ports.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicyPort")]
public sealed partial class NetworkPolicyPort : IApiType<NetworkPolicyPort>
{
    /// <summary>TCP (the default), UDP or SCTP.</summary>
    [Field("protocol", 1, Pointer = true)]
    public string? Protocol { get; set; }

    /// <summary>A number, or the name of a port of the pod; every port when absent.</summary>
    [Field("port", 2)]
    public IntOrString? Port { get; set; }

    /// <summary>The last port of a range that begins at port, which must be a number then.</summary>
    [Field("endPort", 3)]
    public int? EndPort { get; set; }
}
