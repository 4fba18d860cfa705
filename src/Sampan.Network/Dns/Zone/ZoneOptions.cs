using System.Net;

namespace Sampan.Network.Dns.Zone;

/// <summary>The cluster's domain and how long its records may be remembered, in seconds.</summary>
internal sealed record ZoneOptions(string Domain = "cluster.local", uint TimeToLive = 5)
{
    /// <summary>The address of the DNS Service, for those who look for the zone's name server.</summary>
    public IPAddress? Server { get; init; }

    /// <summary>The addresses of pods and Services: an address of theirs that has no name is known to nobody else either.</summary>
    public IReadOnlyList<IPNetwork> Ranges { get; init; } = [];
}
