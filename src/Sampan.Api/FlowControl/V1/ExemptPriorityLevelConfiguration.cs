namespace Sampan.Api.FlowControl.V1;

[ApiType("io.k8s.api.flowcontrol.v1.ExemptPriorityLevelConfiguration")]
public sealed partial class ExemptPriorityLevelConfiguration : IApiType<ExemptPriorityLevelConfiguration>
{
    [Field("nominalConcurrencyShares", 1)]
    public int? NominalConcurrencyShares { get; set; }

    [Field("lendablePercent", 2)]
    public int? LendablePercent { get; set; }
}
