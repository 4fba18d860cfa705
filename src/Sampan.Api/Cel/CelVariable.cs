namespace Sampan.Api.Cel;

internal sealed class CelVariable(string name) : CelNode
{
    public string Name => name;

    public override CelStaticType Check(CelChecker checker) => checker.TypeOfVariable(name);

    public override double MaxCost() => 1;

    protected override object? Run(CelScope scope) => scope.Find(name);
}
