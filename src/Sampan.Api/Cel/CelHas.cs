namespace Sampan.Api.Cel;

internal sealed class CelHas(CelSelect field) : CelNode
{
    public override CelStaticType Check(CelChecker checker)
    {
        checker.TypeOf(field);
        return CelStaticType.Bool;
    }

    public override double MaxCost() => field.MaxCostOfTest();

    protected override object? Run(CelScope scope) => field.IsThere(scope);
}
