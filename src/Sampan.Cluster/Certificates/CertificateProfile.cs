using System.Net;

namespace Sampan.Cluster.Certificates;

/// <summary>What a certificate says: its subject, its names and its use.</summary>
public sealed record CertificateProfile
{
    public required string CommonName { get; init; }

    /// <summary>Organizations, which are the groups of a client.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    public IReadOnlyList<string> DnsNames { get; init; } = [];

    public IReadOnlyList<IPAddress> Addresses { get; init; } = [];

    public bool IsServer { get; init; }

    public bool IsClient { get; init; }

    public static CertificateProfile Client(string commonName, params string[] organizations) =>
        new() { CommonName = commonName, Organizations = organizations, IsClient = true };

    /// <summary>A server's certificate; each name is an address or a DNS name.</summary>
    public static CertificateProfile Server(string commonName, IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return new()
        {
            CommonName = commonName,
            DnsNames = all.Where(n => !IPAddress.TryParse(n, out _)).Order(StringComparer.Ordinal).ToList(),
            Addresses = all.Where(n => IPAddress.TryParse(n, out _)).Select(IPAddress.Parse)
                .Distinct().OrderBy(a => a.ToString(), StringComparer.Ordinal).ToList(),
            IsServer = true,
        };
    }
}
