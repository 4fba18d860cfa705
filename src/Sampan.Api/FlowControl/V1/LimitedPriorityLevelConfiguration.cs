namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.LimitedPriorityLevelConfiguration")]
public sealed partial class LimitedPriorityLevelConfiguration : IApiType<LimitedPriorityLevelConfiguration>
{
    [Field("nominalConcurrencyShares", 1)]
    public int? NominalConcurrencyShares { get; set; }

    [Field("limitResponse", 2)]
    public LimitResponse LimitResponse { get; set; } = new();

    [Field("lendablePercent", 3)]
    public int? LendablePercent { get; set; }

    [Field("borrowingLimitPercent", 4)]
    public int? BorrowingLimitPercent { get; set; }
}
