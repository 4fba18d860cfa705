namespace Sampan.Api.Networking.V1;

[ApiType("io.k8s.api.networking.v1.IPBlock")]
public sealed partial class IPBlock : IApiType<IPBlock>
{
    [Field("cidr", 1, Required = true)]
    public string Cidr { get; set; } = "";

    [Field("except", 2, ListType = "atomic")]
    public List<string>? Except { get; set; }
}
