namespace Sampan.Api.Cel;

internal sealed class CelMapLiteral(IReadOnlyList<(CelNode Key, CelNode Value)> entries) : CelNode
{
    public override CelStaticType Check(CelChecker checker) => CelStaticType.Map(
        checker.Common(entries.Select(entry => (entry.Key, checker.TypeOf(entry.Key)))), checker.Common(entries.Select(entry => (entry.Value, checker.TypeOf(entry.Value))))).Sized(entries.Count);

    public override double MaxCost() => CelCallCost.Map + entries.Sum(entry => entry.Key.MaxCost() + entry.Value.MaxCost());

    protected override object? Run(CelScope scope) => new CelMap(entries.Select(entry =>
        KeyValuePair.Create(entry.Key.Evaluate(scope) ?? throw new CelException("unsupported key type: null_type"), entry.Value.Evaluate(scope))));
}
