namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.NetworkPolicyPort")]
public sealed partial class NetworkPolicyPort : IApiType<NetworkPolicyPort>
{
    [Field("protocol", 1, Pointer = true)]
    public string? Protocol { get; set; }

    [Field("port", 2)]
    public IntOrString? Port { get; set; }

    [Field("endPort", 3)]
    public int? EndPort { get; set; }
}
