namespace Sampan.Network.Dns.Zone;

/// <summary>How far the cluster's zone could take a query.</summary>
internal enum ZoneAnswer : byte
{
    /// <summary>The answer is complete.</summary>
    Complete,

    /// <summary>The name is not the cluster's: ask upstream.</summary>
    NotOurs,

    /// <summary>The name is an alias for one outside the cluster.</summary>
    Alias,
}
