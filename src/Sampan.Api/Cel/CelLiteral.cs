namespace Sampan.Api.Cel;

internal sealed class CelLiteral(object? value) : CelNode
{
    public override CelStaticType Check(CelChecker checker) => CelStaticType.OfValue(value);

    public override double MaxCost() => 0;

    protected override object? Run(CelScope scope) => value;
}
