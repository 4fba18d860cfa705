namespace Sampan.Api.FlowControl.V1;

/// <summary>A level whose requests never wait; what it says only concerns the seats that other levels may borrow.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration")]
public sealed partial class ExemptPriorityLevelConfiguration : IApiType<ExemptPriorityLevelConfiguration>
{
    /// <summary>Its share of the server's seats, set aside for it but never a limit; 0 when absent.</summary>
    [Field("nominalConcurrencyShares", 1)]
    public int? NominalConcurrencyShares { get; set; }

    /// <summary>Percent of its seats, 0 to 100, that other levels may borrow; 0 when absent.</summary>
    [Field("lendablePercent", 2)]
    public int? LendablePercent { get; set; }
}
