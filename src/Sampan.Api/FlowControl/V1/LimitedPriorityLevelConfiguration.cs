namespace Sampan.Api.FlowControl.V1;

/// <summary>A level with a limited number of seats: how many, and what happens when all are taken.</summary>
[ApiType("io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration")]
public sealed partial class LimitedPriorityLevelConfiguration : IApiType<LimitedPriorityLevelConfiguration>
{
    /// <summary>The level's share of the server's seats, in proportion to the shares of all levels; 30 when absent.</summary>
    [Field("nominalConcurrencyShares", 1)]
    public int? NominalConcurrencyShares { get; set; }

    /// <summary>What happens to requests that find no free seat.</summary>
    [Field("limitResponse", 2)]
    public LimitResponse LimitResponse { get; set; } = new();

    /// <summary>Percent of the level's seats, 0 to 100, that others may borrow while they are free; 0 when absent.</summary>
    [Field("lendablePercent", 3)]
    public int? LendablePercent { get; set; }

    /// <summary>How many seats it may borrow, as a percentage of its own; no limit when absent, none at 0.</summary>
    [Field("borrowingLimitPercent", 4)]
    public int? BorrowingLimitPercent { get; set; }
}
