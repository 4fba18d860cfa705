using System.Net;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>What `--node-ip` says: the node's address, or one of each IP family.</summary>
internal static class NodeIpOption
{
    /// <param name="text">Null: the host's own addresses. The address that stands for any: the host's own of that IP family.</param>
    /// <param name="dualStack">Whether the cluster has both IP families.</param>
    public static (IPAddress First, IPAddress? Second) Read(string? text, bool dualStack)
    {
        if (text is null) return (NodeAddresses.Primary(), dualStack ? NodeAddresses.PrimaryV6() : null);
        if (text == $"{IPAddress.Any}") return (NodeAddresses.Primary(), null);
        if (text == $"{IPAddress.IPv6Any}") return (NodeAddresses.PrimaryV6() ?? NodeAddresses.Primary(), null);
        IPAddress[] addresses = [.. text.Split(',').Select(Address)];
        return addresses switch
        {
            [var only] => (only, null),
            [var first, var second] when first.AddressFamily != second.AddressFamily => (first, second),
            _ => throw new HostException($"--node-ip: \"{text}\" is not one address of each IP family"),
        };
    }

    private static IPAddress Address(string word)
    {
        if (!IPAddress.TryParse(word, out var address)) throw new HostException($"--node-ip: \"{word}\" is no IP address");
        return NodeAddresses.IsOfThisHost(address)
            ? address
            : throw new HostException($"--node-ip: {address} is no address of this machine, which has {string.Join(", ", NodeAddresses.All())}");
    }
}
