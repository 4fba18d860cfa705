namespace Sampan.Api.Networking.V1;

/// <summary>A range of addresses, perhaps with holes.</summary>
[ApiType("io.k8s.api.networking.v1.IPBlock")]
public sealed partial class IPBlock : IApiType<IPBlock>
{
    /// <summary>The range in CIDR notation, IPv4 or IPv6.</summary>
    [Field("cidr", 1, Required = true)]
    public string Cidr { get; set; } = "";

    /// <summary>Ranges within it that do not belong to it.</summary>
    [Field("except", 2, ListType = "atomic")]
    public List<string>? Except { get; set; }
}
