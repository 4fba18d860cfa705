namespace Sampan.Network.Dns.Zone;

/// <summary>The cluster's domain and how long its records may be remembered, in seconds.</summary>
internal sealed record ZoneOptions(string Domain = "cluster.local", uint TimeToLive = 5);
