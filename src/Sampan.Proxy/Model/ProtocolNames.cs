namespace Sampan.Proxy.Model;

/// <summary>Names of protocols, as the API and as nftables write them.</summary>
internal static class ProtocolNames
{
    public static Protocol Parse(string? name) => name switch
    {
        "UDP" => Protocol.Udp,
        "SCTP" => Protocol.Sctp,
        _ => Protocol.Tcp,
    };

    public static string Nft(this Protocol protocol) => protocol switch
    {
        Protocol.Udp => "udp",
        Protocol.Sctp => "sctp",
        _ => "tcp",
    };
}
