namespace Sampan.Api.Coordination.V1;

/// <summary>Holder of a lease and the times that decide if it still holds it.</summary>
[ApiType("io.k8s.api.coordination.v1.LeaseSpec")]
public sealed partial class LeaseSpec : IApiType<LeaseSpec>
{
    /// <summary>
    /// Whoever holds the lease, under a name of its own choice; empty if nobody does. Under coordinated election, a LeaseCandidate.
    /// </summary>
    [Field("holderIdentity", 1, Pointer = true)]
    public string? HolderIdentity { get; set; }

    /// <summary>Seconds after the last renewal for which others must leave the lease alone; more than 0.</summary>
    [Field("leaseDurationSeconds", 2)]
    public int? LeaseDurationSeconds { get; set; }

    /// <summary>When the present holder took the lease.</summary>
    [Field("acquireTime", 3, Pointer = true)]
    public MicroTime? AcquireTime { get; set; }

    /// <summary>When the holder last confirmed that it is alive.</summary>
    [Field("renewTime", 4, Pointer = true)]
    public MicroTime? RenewTime { get; set; }

    /// <summary>How often the lease has gone from one holder to another.</summary>
    [Field("leaseTransitions", 5)]
    public int? LeaseTransitions { get; set; }

    /// <summary>
    /// How the server picks the holder, such as OldestEmulationVersion; absent means that candidates settle it themselves.
    /// </summary>
    [Field("strategy", 6, Pointer = true)]
    public string? Strategy { get; set; }

    /// <summary>Better candidate, for which the present holder should step down; only with a strategy.</summary>
    [Field("preferredHolder", 7, Pointer = true)]
    public string? PreferredHolder { get; set; }
}
