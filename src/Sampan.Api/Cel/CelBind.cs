namespace Sampan.Api.Cel;

/// <summary>cel.bind(name, value, body)</summary>
internal sealed class CelBind(string name, CelNode value, CelNode body) : CelNode
{
    public override CelStaticType Check(CelChecker checker) => checker.TypeWith([(name, checker.TypeOf(value))], body);

    public override double MaxCost() => CelCallCost.List + value.MaxCost() + body.MaxCost();

    protected override object? Run(CelScope scope) => body.Evaluate(scope.With(name, value.Evaluate(scope)));
}
