namespace Sampan.Api.Coordination.V1;

[ApiType("io.k8s.api.coordination.v1.LeaseSpec")]
public sealed partial class LeaseSpec : IApiType<LeaseSpec>
{
    [Field("holderIdentity", 1, Pointer = true)]
    public string? HolderIdentity { get; set; }

    [Field("leaseDurationSeconds", 2)]
    public int? LeaseDurationSeconds { get; set; }

    [Field("acquireTime", 3, Pointer = true)]
    public MicroTime? AcquireTime { get; set; }

    [Field("renewTime", 4, Pointer = true)]
    public MicroTime? RenewTime { get; set; }

    [Field("leaseTransitions", 5)]
    public int? LeaseTransitions { get; set; }

    [Field("strategy", 6, Pointer = true)]
    public string? Strategy { get; set; }

    [Field("preferredHolder", 7, Pointer = true)]
    public string? PreferredHolder { get; set; }
}
